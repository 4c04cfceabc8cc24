import torch
from torch import nn
from torch.autograd.graph import saved_tensors_hooks
from torch.utils.flop_counter import FlopCounterMode

print("batch layers   forward  backward      kept")
for batch, depth in [(100, 2), (100, 8), (100, 32), (400, 32)]:
    layers = [nn.Linear(64, 64) for _ in range(depth)]
    net = nn.Sequential(*(m for layer in layers for m in (layer, nn.Tanh())))
    weights = {p.data_ptr() for p in net.parameters()}
    kept = {}  # what autograd keeps for the way back, each memory once
    keep = saved_tensors_hooks(
        lambda t, kept=kept: kept.setdefault(t.data_ptr(), t), lambda t: t)
    with FlopCounterMode(display=False) as forward, keep:
        loss = net(torch.ones(batch, 64)).sum()
    with FlopCounterMode(display=False) as backward:
        loss.backward()
    work = forward.get_total_flops() / 2e6  # a multiply-add is two
    ratio = backward.get_total_flops() / forward.get_total_flops()
    numbers = sum(t.numel() for p, t in kept.items() if p not in weights)
    print(f"{batch:5} {depth:6} {work:8.1f}M {ratio:7.2f} x {numbers:9,}")
