# --8<-- [start:measure]
import torch

import dlbook
from dlbook.batch_size import example_gradients, gradient_noise
from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = (t.to(dlbook.device()) for t in digits())
x, rng = x.flatten(1).double(), torch.Generator().manual_seed(0)
net, n = MLP([64, 32, 10], generator=rng).to(x), len(x)
noise, each = gradient_noise(net, x, y), example_gradients(net, x, y)
off, sizes = each - each.mean(0), [1, 6, 32, 180, 1000, 1790]
found = {"with replacement": [], "without": []}
for size in sizes:
    picks = (torch.randint(n, (200, size), generator=rng),
             torch.rand(200, n, generator=rng).argsort(1)[:, :size])
    for row, pick in zip(found.values(), picks, strict=True):  # 200 batches
        times = torch.zeros(200, n).scatter_add_(1, pick, torch.ones(200, n))
        means = times.to(x) @ off / size
        row.append(means.square().sum(1).mean().item())
for name, row in found.items():
    logs = torch.tensor([sizes[:4], row[:4]]).log()
    slope = logs.cov()[0, 1] / logs[0].var()
    print(f"{name}: slope {slope:.2f} from 1 to 180")
# --8<-- [end:measure]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

plt.figure(figsize=(5.5, 2.6))
for k, (name, row) in enumerate(found.items()):
    line = [noise.variance(b, n if k else None) for b in range(1, n)]
    plt.loglog(range(1, n), line, color=f"C{k}", lw=1)
    plt.loglog(sizes, row, "o", color=f"C{k}", label=name)
plt.gca().set(xlabel="batch size B", ylabel="mean of |g_B − G|²")
plt.legend()
plt.show()
# --8<-- [end:draw]
