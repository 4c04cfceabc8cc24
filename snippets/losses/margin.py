import matplotlib.pyplot as plt
import torch

from dlbook.losses import binary_cross_entropy, mse

z = torch.linspace(-10, 6, 161, dtype=torch.float64, requires_grad=True)
yes = torch.ones_like(z).detach()
kinds = {
    "cross-entropy": binary_cross_entropy(z, yes, reduction="none"),
    "squared error": mse(z.sigmoid(), yes, reduction="none"),
}
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.5))
for name, loss in kinds.items():
    (slope,) = torch.autograd.grad(loss.sum(), z)
    axes[0].plot(z.detach().numpy(), loss.detach().numpy(), label=name)
    axes[1].semilogy(z.detach().numpy(), slope.abs().numpy(), label=name)
    print(f"{name}: slope at -10 is {slope[0]:.0e}")
axes[0].set(xlabel="logit z, answer yes", title="loss", ylim=(0, 6))
axes[1].set(xlabel="logit z, answer yes", title="size of the slope")
axes[0].legend()
plt.show()
