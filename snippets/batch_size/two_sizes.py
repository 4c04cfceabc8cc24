import torch

import dlbook
from dlbook.batch_size import Noise, example_gradients, noise_from_two
from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = (t.to(dlbook.device()) for t in digits())
x, rng = x.flatten(1).double(), torch.Generator().manual_seed(0)
net = MLP([64, 32, 10], generator=rng).to(x)
each, squares = example_gradients(net, x, y), {}
exact = Noise(each.mean(0).square().sum(), each.var(0, correction=0).sum())
for size in (16, 256):  # |g_B|² of 1000 batches
    picks = torch.randint(1797, (1000, size), generator=rng)
    rows = [each[pick].mean(0).square().sum() for pick in picks]
    squares[size] = torch.stack(rows)
for many in (1, 10, 100, 1000):
    means = [row[:many].mean().item() for row in squares.values()]
    found = noise_from_two(*means, sizes=(16, 256))
    print(f"{many:4} pairs: |G|² {found.square:.3f},"
          f" tr Σ {found.trace:.1f}, noise scale {found.scale:.0f}")
print(f"exactly:    |G|² {exact.square:.3f},"
      f" tr Σ {exact.trace:.1f}, noise scale {exact.scale:.0f}")
print(f"mean of |g_16|²: {squares[16].mean():.2f}")
