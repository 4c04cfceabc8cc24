import torch
from torch import nn
from torch.autograd.graph import saved_tensors_hooks
from torch.utils.checkpoint import checkpoint_sequential
from torch.utils.flop_counter import FlopCounterMode

layers = [m for _ in range(16) for m in (nn.Linear(64, 64), nn.Tanh())]
net = nn.Sequential(*layers)
weights = {p.data_ptr() for p in net.parameters()}
x = torch.ones(100, 64, requires_grad=True)
for parts in (1, 2, 4, 8):
    kept = {}
    keep = saved_tensors_hooks(
        lambda t, kept=kept: kept.setdefault(t.data_ptr(), t), lambda t: t)
    with FlopCounterMode(display=False) as count:
        with keep:
            y = (net(x) if parts == 1 else checkpoint_sequential(
                net, parts, x, use_reentrant=False))
        y.sum().backward()
    numbers = sum(t.numel() for p, t in kept.items() if p not in weights)
    print(f"{parts} parts: kept {numbers:7,} numbers,",
          f"{count.get_total_flops() / 2e6:.1f}M multiply-adds")
