import matplotlib.pyplot as plt
import torch

from dlbook.positional_encoding import rope

g = torch.Generator().manual_seed(0)
q, k = torch.randn(2, 1, 64, generator=g)
for p, r in [(7, 3), (107, 103), (9007, 9003), (8, 3)]:
    query, key = rope(q, torch.tensor([p])), rope(k, torch.tensor([r]))
    print(f"query at {p}, key at {r}: {(query @ key.T).item():.3f}")

fig, (left, right) = plt.subplots(1, 2, figsize=(5.5, 2.5))
arrow = rope(torch.tensor([1.0, 0.3]).expand(6, 2)).numpy()
for p, (x, y) in enumerate(arrow):
    left.plot([0, x], [0, y], c="C0", alpha=1 - p / 8)
    left.text(1.2 * x, 1.2 * y, p, ha="center", va="center")
left.set(xlim=(-1.5, 1.5), ylim=(-1.5, 1.5), aspect=1, title="one pair",
         xlabel="its first number", ylabel="its second")
same = torch.ones(200, 64)
right.plot((rope(same) @ same[0] / 64).numpy())
right.set(xlabel="distance", title="score of equal vectors")
plt.show()
