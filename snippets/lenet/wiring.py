import matplotlib.pyplot as plt
import torch

from dlbook.lenet import table

wires = torch.zeros(6, 16)
for new, row in enumerate(table()):
    wires[list(row), new] = 1
print("maps read by each of the 16:", [len(row) for row in table()])
print("readers of each of the 6:", wires.sum(1).int().tolist())
print(f"pairs: {int(wires.sum())} of {wires.numel()}")

fig, ax = plt.subplots(figsize=(5.5, 2.3))
ax.imshow(1 - 0.53 * wires.numpy(), cmap="gray", vmin=0, vmax=1)
for old, new in wires.nonzero().tolist():
    ax.text(new, old, "×", ha="center", va="center")
ax.set(xticks=range(16), yticks=range(6), xlabel="map of c3",
       ylabel="map of s2")
plt.show()
