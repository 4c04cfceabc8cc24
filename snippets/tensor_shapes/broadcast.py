import matplotlib.pyplot as plt


def table(ax, left, shape, color):  # filled: numbers of its own
    rows, columns = (1, *shape)[-2:]
    for r, c in [(r, c) for r in (0, 1) for c in (0, 1, 2)]:
        own = r < rows and c < columns
        look = {"fc": (color, 0.4)} if own else {"fc": "none", "ls": ":"}
        ax.add_patch(plt.Rectangle((left + c, r), 1, 1, ec="0.5", **look))
    ax.text(left + 1.5, -0.3, shape, ha="center", size=8)


fig, axes = plt.subplots(4, 1, figsize=(5.5, 4.8))
pairs = [((2, 3), (3,)), ((2, 1), (3,)), ((2, 3), (2, 1)), ((2, 3), (2,))]
for ax, (a, b) in zip(axes, pairs, strict=True):
    table(ax, 0, a, "C0")
    table(ax, 5, b, "C1")
    refused = "3 against 2:\nrefused" if b == (2,) else ""
    for at, sign in [(4, "+"), (9, "="), (11.5, refused)]:
        ax.text(at, 1, sign, ha="center", va="center", size=9)
    if not refused:
        table(ax, 10, (2, 3), "C2")
    ax.set_axis_off()
    ax.set(xlim=(0, 13), ylim=(2.1, -1.2), aspect=1)
plt.show()
