import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits

x, y = digits()
x, y = x[:64].double().flatten(1), y[:64]
start = torch.randn(64, 10, generator=torch.Generator().manual_seed(0))


def moved(rule, reduction, clip=1e9, **how):
    w = start.double().requires_grad_()
    optimizer = rule([w], lr=0.01, **how)
    cross_entropy(x @ w, y, reduction=reduction).backward()
    torch.nn.utils.clip_grad_norm_([w], clip)
    optimizer.step()
    return (w - start).norm().item()


sgd, adam = torch.optim.SGD, torch.optim.Adam
for name, rule, how in [
    ("SGD", sgd, {}), ("SGD, decay 0.1", sgd, {"weight_decay": 0.1}),
    ("SGD, clipped at 1", sgd, {"clip": 1}), ("Adam", adam, {})]:
    a, b = (moved(rule, reduction, **how) for reduction in ("mean", "sum"))
    print(f"{name:18} mean {a:.4f}, sum {b:.4f}: {b / a:.1f} times")
