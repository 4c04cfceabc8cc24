import matplotlib.pyplot as plt
import torch

g = torch.Generator().manual_seed(0)
matrix = torch.rand(4, 10, generator=g)  # d = 4 rows, V = 10 columns
column = torch.zeros(10, 1)
column[6] = 1  # the one-hot vector of id 6
parts = {"matrix E": matrix, "one-hot e": column, "E e": matrix @ column}

width = {"width_ratios": [10, 1, 1]}
fig, axes = plt.subplots(1, 3, figsize=(5.5, 3.4), gridspec_kw=width)
fig.get_layout_engine().set(wspace=0.16)
for ax, (name, part) in zip(axes, parts.items(), strict=True):
    ax.imshow(part.numpy(), vmin=0, vmax=1)
    ax.set(title=name, xticks=[], yticks=range(len(part)))
axes[0].add_patch(plt.Rectangle((5.5, -0.5), 1, 4, fc="none", ec="C1", lw=3))
axes[0].set(xlabel="id", ylabel="feature", xticks=range(10))
axes[1].set_ylabel("id")
plt.show()
