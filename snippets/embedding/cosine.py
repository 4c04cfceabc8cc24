import matplotlib.pyplot as plt
import torch

from dlbook.embedding import cosine_similarity

x = torch.tensor([[3.0, 4], [0, 2], [-1.5, -2], [4, -3]])
cosines = cosine_similarity(x[:1], x)[0].tolist()
print("a with a, b, c, d:", [round(c, 1) + 0.0 for c in cosines])
torchs = torch.nn.functional.cosine_similarity(x[:, None], x, dim=-1)
print("torch's:", torch.allclose(cosine_similarity(x, x), torchs))
print("one-hot:", cosine_similarity(torch.eye(3), torch.eye(3)).tolist())

plt.figure(figsize=(3.2, 3))
for j, (a, b) in enumerate(x.tolist()):
    plt.annotate("", (a, b), (0, 0), arrowprops={"color": f"C{j}"})
    plt.text(1.12 * a, 1.12 * b, "abcd"[j], color=f"C{j}", ha="center")
plt.axis([-3.5, 5, -4.2, 5])
plt.gca().set(aspect="equal", xlabel="x₁", ylabel="x₂")
plt.show()
