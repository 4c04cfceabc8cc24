import matplotlib.pyplot as plt
import torch

from dlbook import drawing
from dlbook.forward import graph
from dlbook.fully_connected import Linear

layer = Linear(3, 3, generator=torch.Generator().manual_seed(0))
h = torch.tanh(layer(torch.ones(1, 3)))
h = torch.tanh(layer(h))  # the same weights once more
fig, ax = plt.subplots(figsize=(4.6, 4.4))
drawing.graph(ax, graph(h, {"W": layer.weight, "b": layer.bias}))
plt.show()
