import torch
from torch.nn.functional import cross_entropy

import dlbook
from dlbook.data import digits
from dlbook.gradient_descent import SGD, Adam
from dlbook.optimizers import AdamW

x, y = (t.to(dlbook.device()) for t in digits())
x, zeros = x.flatten(1).double(), x.new_zeros(64, 10).double()
for ours, theirs, how in [
    (SGD, torch.optim.SGD, {"lr": 0.5}),
    (SGD, torch.optim.SGD, {"lr": 0.1, "momentum": 0.9}),
    (Adam, torch.optim.Adam, {"lr": 0.01}),
    (AdamW, torch.optim.AdamW, {"lr": 0.01, "weight_decay": 0.5}),
]:
    w, v = (zeros.clone().requires_grad_() for _ in range(2))
    walkers, apart = (ours([w], **how), theirs([v], **how)), 0.0
    for batch in torch.arange(1797).split(50):
        for walker, p in zip(walkers, (w, v), strict=True):
            walker.zero_grad()
            cross_entropy(x[batch] @ p, y[batch]).backward()
            walker.step()
        apart = max(apart, (w - v).abs().max().item())
    print(f"{ours.__name__:5} {how}: equal at every step:", apart < 1e-12)
