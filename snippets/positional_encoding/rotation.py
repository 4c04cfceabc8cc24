import matplotlib.pyplot as plt

from dlbook.positional_encoding import positional_encoding

code = positional_encoding(9, 32).numpy()
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.2))
for i, ax in zip([0, 2, 3], axes, strict=True):
    sin, cos = code[:, 2 * i], code[:, 2 * i + 1]
    ax.add_patch(plt.Circle((0, 0), 1, fill=False, ec="0.7"))
    for p, colour in [(1, "C0"), (4, "C1"), (5, "C0"), (8, "C1")]:
        ax.plot([0, cos[p]], [0, sin[p]], c=colour)
    ax.scatter(cos, sin, c="C2", s=12, zorder=3)
    for p in range(9):
        ax.text(1.3 * cos[p], 1.3 * sin[p], p, size=8, ha="center",
                va="center")
    ax.set(xlim=(-1.5, 1.5), ylim=(-1.5, 1.5), aspect=1, title=f"pair {i}")
    ax.set_axis_off()
plt.show()
