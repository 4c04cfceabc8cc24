# --8<-- [start:torchs]
import torch
from torch.optim import lr_scheduler as torchs

from dlbook.optimizers import cosine, one_cycle, warm_up


def rates(make, steps):
    """The rates that a schedule of torch gives to steps 0, 1, …"""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0, momentum=0.9)
    schedule = make(optimizer)
    for _ in range(steps):
        yield optimizer.param_groups[0]["lr"]
        optimizer.step()
        schedule.step()


def warm_cosine(t, steps):
    return warm_up(t, 10) if t < 10 else cosine(t - 10, steps - 10)


def warm_cosine_of_torch(optimizer):
    parts = [torchs.LinearLR(optimizer, total_iters=10),
             torchs.CosineAnnealingLR(optimizer, 40)]
    return torchs.SequentialLR(optimizer, parts, milestones=[10])
# --8<-- [end:torchs]


# --8<-- [start:equal]
from functools import partial

import matplotlib.pyplot as plt

print("cosine, T = 4:", *(f"{cosine(t, 4):.3f}" for t in range(4)))
pairs = {
    "cosine": (cosine, partial(torchs.CosineAnnealingLR, T_max=50)),
    "one cycle": (one_cycle, partial(
        torchs.OneCycleLR, max_lr=1.0, total_steps=50)),
    "warm-up, cosine": (warm_cosine, warm_cosine_of_torch),
}
for name, (mine, make) in pairs.items():
    ours = [mine(t, 50) for t in range(50)]
    gap = max(abs(a - b) for a, b in zip(ours, rates(make, 50), strict=True))
    print(f"{name:15}: equal at every step: {gap < 1e-12},",
          f"first {ours[0]:.3f}, last {ours[-1]:.6f}")
    plt.plot(ours, ".-", ms=3, label=name)
plt.gca().set(xlabel="step t", ylabel="share of the rate")
plt.legend()
plt.show()
# --8<-- [end:equal]
