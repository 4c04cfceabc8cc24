import time

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint_sequential
from torch.utils.flop_counter import FlopCounterMode

from dlbook.forward import saved_bytes

parts = [p for _ in range(16) for p in (nn.Linear(256, 256), nn.ReLU())]
net, x, times = nn.Sequential(*parts), torch.ones(512, 256), []
expected = torch.autograd.grad(net(x).sum(), net.parameters())
for k in (1, 2, 4, 8, 16):
    def run(x, k=k):
        return checkpoint_sequential(net, k, x, use_reentrant=False)

    tries = []
    for _ in range(9):
        start = time.perf_counter()
        slopes = torch.autograd.grad(run(x).sum(), net.parameters())
        tries.append(1000 * (time.perf_counter() - start))
    times.append(min(tries))
    with FlopCounterMode(display=False) as count:
        run(x).sum().backward()
    same = all(a.allclose(b) for a, b in zip(slopes, expected, strict=True))
    weights = 4 * sum(p.numel() for p in net.parameters())
    print(f"{k:2} segments: {(saved_bytes(run, x) - weights) / 1e6:.2f} MB",
          f"kept, {count.get_total_flops() / 2e9:.2f} G multiply-adds,",
          f"{times[-1]:.0f} ms, same {same}")
print("16 segments take longer than 1:", times[-1] > times[0])
