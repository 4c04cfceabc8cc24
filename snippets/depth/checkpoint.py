# --8<-- [start:memory]
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint_sequential

import dlbook
from dlbook.forward import saved_bytes


class InSegments(nn.Module):
    def __init__(self, model, segments):
        super().__init__()
        self.model, self.segments = model, segments

    def forward(self, x):
        how = {"segments": self.segments, "use_reentrant": False}
        return checkpoint_sequential(self.model, input=x, **how)


layers = [p for _ in range(16) for p in (nn.Linear(256, 256), nn.ReLU())]
runs = {k: InSegments(nn.Sequential(*layers), k).to(dlbook.device())
        for k in (1, 2, 4, 8, 16)}
x = torch.ones(512, 256, device=dlbook.device())
for k, run in runs.items():
    print(f"{k:2} segments keep {saved_bytes(run, x) / 1e6:.2f} MB")
# --8<-- [end:memory]


# --8<-- [start:time]
import time

from torch.utils.flop_counter import FlopCounterMode

expected = torch.autograd.grad(runs[1](x).sum(), runs[1].parameters())
for k, run in runs.items():
    tries = []
    for _ in range(9):
        start = time.perf_counter()
        slopes = torch.autograd.grad(run(x).sum(), run.parameters())
        slopes[0].sum().item()  # waits for the result
        tries.append(1000 * (time.perf_counter() - start))
    with FlopCounterMode(display=False) as count:
        run(x).sum().backward()
    same = all(a.allclose(b) for a, b in zip(slopes, expected, strict=True))
    print(f"{k:2} segments: {count.get_total_flops() / 2e9:.2f} billion",
          f"multiply-adds, {min(tries):.0f} ms, same gradients {same}")
# --8<-- [end:time]
