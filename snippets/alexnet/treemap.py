import matplotlib.pyplot as plt
import torch

from dlbook.alexnet import AlexNet2012, draw_tiles
from dlbook.cnn import layer_table

with torch.device("meta"):
    rows = layer_table(AlexNet2012(), torch.zeros(1, 3, 227, 227))
rows = [row for row in rows if row.parameters]
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.6))
for ax, what in zip(axes, ("parameters", "multiply_adds"), strict=True):
    sizes = {r.name.rpartition(".")[2]: getattr(r, what) for r in rows}
    draw_tiles(ax, sizes, dense=("f6", "f7", "output"))
    ax.set_title(what.replace("_", "-"))
plt.show()
