import matplotlib.pyplot as plt
import torch

from dlbook.activations import ACTIVATIONS

x = torch.linspace(-5, 5, 201, dtype=torch.float64)
fig, axes = plt.subplots(3, 2, figsize=(5.5, 5.4), sharex=True)
rows = zip(axes.flat, ACTIVATIONS.items(), strict=True)
for ax, (name, activation) in rows:
    ax.axhline(0, color="0.8", lw=1)
    ax.axvline(0, color="0.8", lw=1)
    ax.plot(x.numpy(), activation.function(x).numpy(), color="C0")
    slope = activation.derivative(x).numpy()
    ax.plot(x.numpy(), slope, "--", color="C1")
    ax.set(title=name, ylim=(-1.2, 2.2))
axes[0, 0].text(-4.7, 1.5, "value", color="C0")
axes[0, 0].text(-4.7, 0.9, "slope", color="C1")
for ax in axes[2]:
    ax.set_xlabel("x")
plt.show()
