import torch

from dlbook.data import petals

x, y = petals()
x = x - x.mean()
error = 1.1 * x + 0.3 - y
each = 2 * torch.stack([error * x, error], 1)  # a gradient per flower
full = each.mean(0)
spread = (each - full).square().sum(1).mean()
print("full gradient", [f"{value:.2f}" for value in full])
g = torch.Generator().manual_seed(0)
for size in [1, 5, 25, 125]:
    picks = torch.randint(150, (20000, size), generator=g)
    means = each[picks].mean(1)  # 20,000 batches
    squares = (means - full).square().sum(1).mean()
    print(f"B = {size:3}: mean", [f"{m:.1f}" for m in means.mean(0)],
          f"mean square off {squares:5.2f},",
          f"spread/B {spread / size:5.2f}")
