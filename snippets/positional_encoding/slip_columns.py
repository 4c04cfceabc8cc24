import matplotlib.pyplot as plt
import torch

from dlbook.positional_encoding import positional_encoding

d_model, p = 48, torch.arange(40.0)[:, None]
i = torch.arange(d_model)  # the slip: a number per column, not per pair
angles = p / 10000 ** (2 * i / d_model)
wrong = torch.where(i % 2 == 0, angles.sin(), angles.cos())
right = positional_encoding(40, d_model)

fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.8), sharey=True)
for ax, name, code in [(axes[0], "right", right), (axes[1], "wrong", wrong)]:
    still = (code.amax(0) - code.amin(0) < 0.01).sum().item()
    print(f"{name}: columns that hardly change over 40 positions: {still}")
    steps = (code[1:] * code[:-1]).sum(1)  # neighbour with neighbour
    print(f"  neighbours' products: {steps.min():.2f} to {steps.max():.2f}")
    ax.imshow(code.numpy(), aspect="auto", vmin=-1, vmax=1)
    ax.set(title=name, xlabel="column")
plt.show()
