import matplotlib.pyplot as plt

# for each path: its place from the left, and its probability
nodes = {"": (0.4, 1.0), "A": (-2, 0.5), "B": (1.4, 0.4), "C": (3.2, 0.1),
         "AA": (-3.2, 0.15), "AB": (-2.3, 0.125), "AC": (-1.4, 0.125),
         "A.": (-0.5, 0.1), "BA": (0.6, 0.24), "BB": (2.2, 0.16),
         "AA.": (-3.2, 0.15), "BA.": (0.6, 0.12), "BB.": (2.2, 0.08)}
greedy, beams = {"A", "AA", "AA."}, {"A", "B", "BA", "BB", "BA.", "BB."}

fig, ax = plt.subplots(figsize=(5.5, 3.2))
for path, (x, p) in nodes.items():
    word = path[-1:].replace(".", "end") or "begin"
    ax.text(x, -len(path), f"{word}\n{p:g}", ha="center", va="center")
    if path:
        start = nodes[path[:-1]][0]
        ends = [1 - len(path) - 0.28, -len(path) + 0.25]
        ax.plot([start, x], ends, color="0.8", lw=1)
        for chosen, colour, aside in ((beams, "C0", 0.05),
                                      (greedy, "C1", -0.05)):
            if path in chosen:
                line = [start + aside, x + aside]
                ax.plot(line, ends, color=colour, lw=2)
ax.set(xlim=(-3.6, 3.6), ylim=(-3.3, 0.3))
ax.axis("off")
plt.show()
