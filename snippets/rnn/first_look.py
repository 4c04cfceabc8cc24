import matplotlib.pyplot as plt

fig = plt.figure(figsize=(5.5, 2.2))
left, right = fig.subplots(1, 2, width_ratios=[1, 3])
box = {"boxstyle": "round,pad=0.5", "fc": "none", "ec": "C0"}
arrow = {"arrowstyle": "->", "color": "C0"}
carry = arrow | {"color": "C1"}
middle = {"ha": "center", "va": "center"}
places = [(left, 0, "x", "h")]
places += [(right, t, f"x{n}", f"h{n}") for t, n in enumerate("₁₂₃₄")]
for ax, t, name, shown in places:
    ax.text(t, 0, "cell", bbox=box, **middle)
    for y, said in ((-1, name), (1, shown)):
        start, end = sorted((0.35 * y, 1.3 * y))
        ax.annotate("", (t, end), (t, start), arrowprops=arrow)
        ax.text(t, 1.6 * y, said, **middle)
for t in range(4):
    right.annotate("", (t - 0.27, 0), (t - 0.75, 0), arrowprops=carry)
right.text(-0.9, 0, "h₀", **middle)
bend = carry | {"connectionstyle": "arc3,rad=-2.5"}
left.annotate("", (0.33, -0.25), (0.33, 0.25), arrowprops=bend)
for ax, ends in ((left, (-0.6, 1.2)), (right, (-1.1, 3.5))):
    ax.set(xlim=ends, ylim=(-2, 2))
    ax.axis("off")
plt.show()
