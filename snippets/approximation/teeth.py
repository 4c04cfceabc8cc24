# --8<-- [start:train]
import torch

from dlbook.approximation import folded
from dlbook.fully_connected import MLP

x = torch.linspace(0, 1, 129).double()[:, None]
teeth = folded(4).double()(x).detach()  # 16 pieces, from 8 hidden units


def trained(sizes, rate, steps=1000):
    """How far off five networks, side by side, are after training."""
    nets = [MLP(sizes, generator=torch.Generator().manual_seed(seed))
            for seed in range(5)]
    parts = [torch.stack(p).detach().double().requires_grad_()
             for p in zip(*(n.parameters() for n in nets), strict=True)]
    step = torch.optim.Adam(parts, lr=rate)
    for _ in range(steps):
        a = x
        for w, b in zip(parts[::2], parts[1::2], strict=True):
            z = a @ w.mT + b[:, None]
            a = z.relu()  # not used behind the last layer
        step.zero_grad()
        (z - teeth).square().mean((1, 2)).sum().backward()
        step.step()
    return (z.detach() - teeth).abs().mean((1, 2))
# --8<-- [end:train]


# --8<-- [start:report]
for name, sizes in (("4 layers of 2", [1, 2, 2, 2, 2, 1]),
                    ("4 layers of 16", [1, 16, 16, 16, 16, 1])):
    runs = {rate: trained(sizes, rate) for rate in (0.003, 0.01, 0.03, 0.1)}
    best = min(runs, key=lambda rate: runs[rate].mean())
    print(f"{name}, trained (η = {best}), five starts: off by",
          *[f"{off:.2f}" for off in runs[best].tolist()])
print(f"always 1/2: off by {(teeth - 0.5).abs().mean():.2f}")
# --8<-- [end:report]
