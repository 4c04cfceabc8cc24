import matplotlib.pyplot as plt
import torch

scores = torch.tensor([2.0, 0, 1], dtype=torch.float64)  # of drinks
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.2), sharey=True)
for ax, factor in zip(axes, (0.25, 1, 4), strict=True):
    a = (factor * scores).softmax(0)
    jacobian = a.diag() - torch.outer(a, a)
    print(f"scores × {factor:4}: weights", *(f"{w:.3f}" for w in a.tolist()))
    ax.imshow(jacobian.numpy(), cmap="PuOr_r", vmin=-0.4, vmax=0.4)
    for i in range(3):
        for j in range(3):
            slope = round(jacobian[i, j].item(), 2) + 0
            ax.text(j, i, f"{slope:.2f}", ha="center", va="center",
                    color="black")
    ax.set(title=f"scores × {factor}", xlabel="score", xticks=range(3),
           yticks=range(3))
axes[0].set_ylabel("weight")
plt.show()
