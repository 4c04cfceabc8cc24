import matplotlib.pyplot as plt

from dlbook.pooling import output_size

cases = [(7, 2, 2, 0, False), (7, 2, 2, 0, True),
         (6, 3, 2, 1, True), (5, 2, 2, 1, True)]
fig, axes = plt.subplots(2, 2, figsize=(5.5, 3.2))
for ax, (n, k, s, p, ceil) in zip(axes.flat, cases, strict=True):
    o = output_size(n, k, stride=s, padding=p, ceil_mode=ceil)
    for pixel in range(-p, n + p):
        fill = ("0.6", 0.3) if 0 <= pixel < n else "none"
        ax.add_patch(plt.Rectangle((pixel, 0), 1, 1, fc=fill, ec="0.5"))
        if not 0 <= pixel < n:
            ax.text(pixel + 0.5, 0.5, "p", ha="center", va="center")
    tried = -(-(n + 2 * p - k) // s) + 1 if ceil else o  # rounded up
    for place in range(tried):
        start, row, style = place * s - p, place + 1.8, "-:"[place >= o]
        over = start + k > n + p
        colour = "C1" if place >= o else "C2" if over else "C0"
        ax.plot([start + 0.1, start + k - 0.1], [row] * 2, colour, ls=style)
        ax.text(start + k + 0.2, row, f"{start}", c=colour, va="center")
    ax.set(xlim=(-1.3, 9.3), ylim=(5.6, -0.2))
    ax.set_title(f"n={n} k={k} s={s} p={p} {'ceil' if ceil else 'floor'}")
    ax.set_axis_off()
plt.show()
