import matplotlib.pyplot as plt
import torch

from dlbook.activations import relu

x = torch.linspace(0, 6, 121, dtype=torch.float64)
places = torch.arange(6)[:, None]  # unit i is 0 at place i
weights = torch.arange(7.0).double().sin().diff()
weights = weights.diff(prepend=torch.zeros(1).double())[:, None]
straight = weights * (x - places)
bent = weights * relu(x - places)

fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.5))
for ax, units in zip(axes, (straight, bent), strict=True):
    ax.plot(x.numpy(), units.T.numpy(), color="0.7", lw=1.2)
    ax.plot(x.numpy(), units.sum(0).numpy(), color="C0", lw=2.5)
    ax.set(xlabel="x")
axes[0].set(title="six straight units", ylim=(-5.5, 4))
axes[1].set(title="six bent units", ylim=(-1.7, 1.4))
axes[1].plot(x.numpy(), x.sin().numpy(), "--", color="C1")
axes[1].text(2.2, 1, "sin x", color="C1")
axes[0].text(1.6, -4.4, "sum", color="C0")
plt.show()
