import torch
from torch import nn

from dlbook.rnn import RNN
from dlbook.rnn.through_time import with_radius

rng = torch.Generator().manual_seed(0)
x = torch.randn(60, 32, 1, generator=rng).double()
for radius in (0.9, 1.5, 3.0):
    layer = RNN(1, 32, generator=rng).double()
    layer.weight_hh_l0.data = with_radius(layer.weight_hh_l0.data, radius)
    layer(0.01 * x)[0][-1].mean().backward()
    length = nn.utils.clip_grad_norm_(layer.parameters(), 1.0)
    rows = [p.grad.flatten() for p in layer.parameters()]
    print(f"radius {radius}: length {length:.1f},"
          f" clipped {torch.cat(rows).norm():.1f}")
