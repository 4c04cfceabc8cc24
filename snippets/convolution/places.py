import matplotlib.pyplot as plt

from dlbook.convolution import output_size

cases = [(6, 3, 1, 0, 1), (6, 3, 1, 1, 1), (8, 3, 2, 0, 1), (7, 3, 1, 0, 2)]
fig, axes = plt.subplots(2, 2, figsize=(5.5, 3.5), height_ratios=[8, 5])
for ax, (n, k, s, p, d) in zip(axes.flat, cases, strict=True):
    o = output_size(n, k, stride=s, padding=p, dilation=d)
    read = (o - 1) * s - p + d * (k - 1) + 1
    for pixel in range(-p, n + p):
        fill = ("0.6", 0.3) if 0 <= pixel < n else "none"
        fill = fill if pixel < read else ("C1", 0.4)
        ax.add_patch(plt.Rectangle((pixel, 0), 1, 1, fc=fill, ec="0.5"))
        text = "" if 0 <= pixel < n else "0"
        ax.text(pixel + 0.5, 0.5, text, ha="center", va="center")
    for place in range(o):
        start = place * s - p
        end, row = start + d * (k - 1) + 1, place + 1.7
        ax.plot([start + 0.1, end - 0.1], [row, row], "C0", lw=1)
        ax.plot([start + u * d + 0.5 for u in range(k)], [row] * k, "C0s")
        ax.text(end + 0.2, row, f"{place}", c="C2", va="center")
    ax.set(xlim=(-1.2, 9.2), ylim=(7.8 if ax in axes[0] else 4.8, -0.2))
    ax.set_title(f"n={n} k={k} s={s} p={p} d={d}: {o} places", size=9)
    ax.set_axis_off()
plt.show()
