import torch

from dlbook.approximation import bumps, pieces
from dlbook.data import photo

row = photo("china", width=160).mean(0)[42].double()
curve = pieces(torch.linspace(0, 1, 160).double(), row)
x = torch.linspace(0, 1, 2049).double()[:, None]  # 2048 steps
target = curve(x)[:, 0].detach()
print(f"{'':8} bumps       pieces      largest change within 1/n")
for n in (8, 32, 128, 512):
    spots = torch.linspace(0, 1, 2 * n + 1).double()
    values = curve(spots[:, None])[:, 0].detach()
    edges = spots[::2].clone()
    edges[0], edges[-1] = -1, 2  # the curve ends inside the outer bumps
    errors = []
    for net in (bumps(edges, values[1::2], 1e6),
                pieces(spots[::2], values[::2])):
        off = (net(x)[:, 0].detach() - target).abs().max()
        errors.append(f"{net.sizes[1]:4}: {off:.2f} ")
    near = target.unfold(0, 2048 // n + 1, 1)  # all that lies within 1/n
    change = (near.amax(1) - near.amin(1)).max()
    print(f"n = {n:3} ", *errors, f"{change:.2f}")
