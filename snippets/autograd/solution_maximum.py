import torch

from dlbook.backprop.value import Value


def maximum(a, b):
    first = float(a.data >= b.data)
    return Value(max(a.data, b.data), [(a, first), (b, 1 - first)])


for x, y in [(2.0, 3.0), (3.0, 3.0)]:
    a, b = Value(x), Value(y)
    maximum(a, b).backward()
    c, d = (torch.tensor(z, requires_grad=True) for z in (x, y))
    torch.maximum(c, d).backward()
    print(f"max({x:g}, {y:g}): ours {a.grad:g} and {b.grad:g},"
          f" torch's {c.grad:g} and {d.grad:g}")
