import torch

from dlbook.data import petals

x, y = (column.float() for column in petals())
for name, lr in [("wrong sign", -0.05), ("too large", 0.1)]:
    w, b = torch.zeros(2)
    for step in range(1, 101):
        error = w * x + b - y
        w = w - lr * 2 * (error * x).mean()
        b = b - lr * 2 * error.mean()
        if step in (1, 5, 25, 100):
            loss = (w * x + b - y).square().mean()
            print(f"{name}, step {step:3}: loss {loss.item():.0e}")
