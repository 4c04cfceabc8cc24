import matplotlib.pyplot as plt
import torch

from dlbook.lrn import lrn

a = torch.linspace(0, 1000, 101, dtype=torch.float64)
alone = a.reshape(1, 1, -1)  # one channel: no neighbours
changes = [
    ("k", [1, 2, 8]),
    ("alpha", [1e-5, 1e-4, 1e-3]),
    ("beta", [0.25, 0.5, 0.75]),
]
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.4))
for ax, (name, values) in zip(axes, changes, strict=True):
    for value in values:
        b = lrn(alone, **{name: value}).flatten()
        ax.plot(a.numpy(), b.numpy(), label=f"{value:g}")
    ax.legend(fontsize=8, loc="upper left")
    ax.set(title=name, xlabel="a", ylim=(0, 420))
axes[0].set_ylabel("b")
plt.show()

b = lrn(alone).flatten()
print("the paper's constants: b is largest at a =", a[b.argmax()].item())
