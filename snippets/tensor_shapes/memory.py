import matplotlib.pyplot as plt
import torch

a = torch.arange(6).view(2, 3)
panels = {"in memory": a.view(1, 6), "a": a, "a.T": a.T,
          "a.view(3, 2)": a.view(3, 2), "a[:, ::2]": a[:, ::2]}
fig = plt.figure(figsize=(5.5, 3.4))
grid = fig.add_gridspec(2, 4, width_ratios=[3, 2, 2, 2], height_ratios=[1, 3])
for number, (name, x) in enumerate(panels.items()):
    spot = grid[0, :] if number == 0 else grid[1, number - 1]
    ax = fig.add_subplot(spot)
    for r in range(x.size(0)):
        for c in range(x.size(1)):
            fill = (f"C{x[r, c]}", 0.3)
            ax.add_patch(plt.Rectangle((c, r), 1, 1, fc=fill, ec="0.5"))
            ax.text(c + 0.5, r + 0.5, int(x[r, c]), ha="center", va="center")
    title = name if number == 0 else f"{name}\nstrides {x.stride()}"
    ax.set_title(title, size=9)
    ax.set(xlim=(0, x.size(1)), ylim=(max(3, len(x)) if number else 1, 0),
           aspect=1)
    ax.set_axis_off()
plt.show()
