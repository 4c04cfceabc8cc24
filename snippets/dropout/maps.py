import matplotlib.pyplot as plt
import torch

from dlbook.convolution import conv2d
from dlbook.data import photo
from dlbook.dropout import dropout, dropout2d

rng = torch.Generator().manual_seed(18)
grey = photo(width=120).mean(0)[None, None]
edges = torch.tensor([[1.0, 0, -1]] * 3)
kernels = torch.stack([edges, edges.T, -edges, -edges.T])[:, None]
maps = conv2d(grey, kernels).relu()
rows = maps, dropout(maps, 0.5, rng), dropout2d(maps, 0.5, rng)
fig, axes = plt.subplots(3, 4, figsize=(5.5, 3.1))
for row, line in zip(axes, rows, strict=True):
    for ax, one in zip(row, line[0], strict=True):
        ax.imshow(one.numpy(), cmap="gray", vmin=0, vmax=1.5)
        ax.axis("off")
plt.show()
here, beside = maps[..., :-1].flatten(), maps[..., 1:].flatten()
pair = torch.stack([here, beside]).corrcoef()[0, 1]
other = maps[0].flatten(1).corrcoef()[0, 1:].abs().max()
print(f"correlation with the next pixel {pair:.2f},"
      f" with another map at most {other:.2f}")
