import matplotlib.pyplot as plt
import torch

from dlbook.losses import cross_entropy, softmax

z = torch.tensor([[2.0, 1.0, 0.5, 3.0, 0.0]], requires_grad=True)
right = torch.tensor([0])
(slope,) = torch.autograd.grad(cross_entropy(z, right), z)
p = softmax(z).detach()[0]
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.3), sharey=True)
for ax, bars, title in [(axes[0], p, "p"), (axes[1], -slope[0], "y − p")]:
    drawn = ax.bar(range(5), bars.numpy(), color="0.7")
    drawn[0].set_color("C0")
    ax.axhline(0, color="0.5", lw=1)
    ax.set(title=title, xlabel="class", xticks=range(5))
print("p:    ", [f"{share:.2f}" for share in p.tolist()])
print("y - p:", [f"{-s:.2f}" for s in slope[0].tolist()])
plt.show()
