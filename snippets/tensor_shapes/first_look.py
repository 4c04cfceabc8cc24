import matplotlib.pyplot as plt

middle = {"ha": "center", "va": "center", "size": 9}
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.7))
for ax, columns in zip(axes, (1, 4), strict=True):
    for i, number in enumerate("₁₂₃₄"):
        x = 0.9 if columns == 1 else -0.6
        ax.text(x, i + 0.5, f"p{number}", color="C0", **middle)
        where = (3.1, i + 0.5) if columns == 1 else (i + 0.5, -0.6)
        ax.text(*where, f"t{number}", color="C1", **middle)
        for j in range(columns):
            other = i if columns == 1 else j
            fill = ("C2", 0.35) if other == i else "none"
            left = 1.5 if columns == 1 else j
            ax.add_patch(plt.Rectangle((left, i), 1, 1, fc=fill, ec="0.5"))
            text = f"p{number}−t{'₁₂₃₄'[other]}"
            ax.text(left + 0.5, i + 0.5, text, **middle)
    target = "(4, 1)" if columns == 1 else "(4,)"
    ax.set_title(f"(4, 1) − {target} = (4, {columns})")
    ax.set(xlim=(-1.2, 5.2), ylim=(4.1, -1), aspect=1)
    ax.set_axis_off()
plt.show()
