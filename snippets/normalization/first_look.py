import matplotlib.pyplot as plt

shares = {
    "batch": lambda n, c, p: c == 5,
    "layer (and RMS)": lambda n, c, p: n == 0,
    "instance": lambda n, c, p: n == 0 and c == 5,
    "group": lambda n, c, p: n == 0 and c >= 3,
    "LRN": lambda n, c, p: n == 0 and p == 3 and c >= 1,
    "the axes": lambda n, c, p: False,
}
sides = [(0, c, p, c, p, 1, 0, 0, 1) for c in range(6) for p in range(4)]
sides += [(n, c, 3, c + n / 2, 4 + 0.4 * n, 1, 0, 0.5, 0.4)
          for n in range(4) for c in range(6)]
sides += [(n, 5, p, 6 + n / 2, p + 0.4 * n, 0.5, 0.4, 0, 1)
          for n in range(4) for p in range(4)]
fig, axes = plt.subplots(2, 3, figsize=(5.5, 3.7))
for ax, (name, share) in zip(axes.flat, shares.items(), strict=True):
    for n, c, p, x, y, a, b, u, v in sides:  # corner (x, y), two edges
        ax.fill([x, x + a, x + a + u, x + u], [y, y + b, y + b + v, y + v],
                fc="C1" if share(n, c, p) else "0.85", ec="0.4", lw=0.6)
    ax.set(title=name, aspect="equal", xlim=(-1.9, 8.4), ylim=(-1, 5.8))
    ax.set_axis_off()
for x, y, axis in (3, -0.8, "C"), (-1.4, 1.8, "H·W"), (7.9, -0.1, "N"):
    ax.text(x, y, axis, ha="center")
plt.show()
