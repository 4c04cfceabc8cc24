import matplotlib.pyplot as plt
import torch

from dlbook.attention import attention, attention_weights

words = ["cat", "drinks", "milk"]
q = torch.tensor([[-2.0, 1, 2, 1], [1, 0, 1, 0], [0, 1, 0, 1]])
k = torch.tensor([[2.0, 0, 2, 0], [0, 1, 0, 1], [0, 0, 2, 0]])
v = torch.tensor([[4.0, 4], [2, 0], [0, 4]])
weights = attention_weights(q, k)
row = [round(number, 2) for number in attention(q, k, v)[1].tolist()]
print("drinks: output", row)

fig, (table, bars) = plt.subplots(1, 2, figsize=(5.5, 2.2))
table.imshow(weights.numpy(), vmin=0, vmax=1)
for i in range(3):
    for j in range(3):
        ink = "black" if weights[i, j] > 0.5 else "white"
        table.text(j - 0.25, i + 0.1, f"{weights[i, j]:.2f}", c=ink)
table.add_patch(plt.Rectangle((-0.5, 0.5), 3, 1, fc="none", ec="C1", lw=3))
table.set_xticks(range(3), words)
table.set_yticks(range(3), words)
bars.barh(words, weights[1].numpy())
bars.set(xlabel="weight", ylim=(2.5, -0.5))
plt.show()
