import matplotlib.pyplot as plt
import torch

corners = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
w = torch.tensor([1.0, 1])
units = {"AND": (-1.5, [0, 0, 0, 1]), "OR": (-0.5, [0, 1, 1, 1]),
         "XOR?": (-0.5, [0, 1, 1, 0])}
side = [-0.5, 1.5]
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.4), sharey=True)
for ax, (name, (b, wanted)) in zip(axes, units.items(), strict=True):
    answers = (corners @ w + b > 0).int().tolist()
    print(f"{name:4} wanted {wanted}, the unit says {answers}")
    line = [-b - x for x in side]  # here x₁ + x₂ + b = 0
    ax.plot(side, line, color="0.5")
    ax.fill_between(side, line, 1.5, color="0.5", alpha=0.2)
    for corner, one in zip(corners, wanted, strict=True):
        ax.plot(*corner.tolist(), "o" if one else "x", color="C1", ms=9)
    ax.set(title=name, xlabel="x₁", xlim=side, ylim=side, aspect="equal")
    ax.set(xticks=[0, 1], yticks=[0, 1])
axes[0].set_ylabel("x₂")
plt.show()
