import torch

from dlbook.backprop.value import Value

a, w = Value(3), torch.tensor(3.0, requires_grad=True)
for step in (1, 2):
    (a * a * a).backward()
    (w * w * w).backward()
    print(f"after {step}: ours {a.grad:g}, torch's {w.grad:g}")
