import matplotlib.pyplot as plt
import torch

from dlbook.transformer import Transformer
from dlbook.transformer.looking import flow

model = Transformer(30, 13, d=16, heads=4, layers=2, d_ff=64)
source, target = torch.zeros(1, 6).long(), torch.zeros(1, 4).long()
colours = {"attention": "C0", "cross": "C1", "feed": "C2"}
fig, ax = plt.subplots(figsize=(5, 4.9))
spots, heights = {}, {0: 0, 2: 0}
for name, (_, words, d), reads in flow(model, source, target):
    x = 2 * name.startswith(("target", "decoder", "read"))
    y, heights[x] = heights[x], heights[x] + 1
    spots[name], last = (x, y), name.split(".")[-1]
    box = {"boxstyle": "round", "ec": colours.get(last, "0.6"), "lw": 2,
           "fc": plt.rcParams["axes.facecolor"]}
    ax.text(x, y, f"{last}  {words}×{d}", bbox=box, ha="center", va="center")
    for a, b in map(spots.get, reads):
        i, j, colour = (0, 0.3, "0.5") if a == x else (0.4, 0, "C1")
        ax.annotate("", (x - i, y - j), (a + i, b + j), arrowprops={
            "arrowstyle": "-|>", "color": colour})
ax.axis([-0.8, 2.8, -0.5, max(heights.values())])
ax.set_axis_off()
plt.show()
