import torch

from dlbook.data import petals

x, y = petals()
w, b, lr = 0.0, 0.0, 0.05
for step in range(1, 401):
    error = w * x + b - y  # 150 flowers at once
    grad_w, grad_b = 2 * (error * x).mean(), 2 * error.mean()
    w, b = w - lr * grad_w, b - lr * grad_b
    if step in (1, 10, 100, 400):
        loss = (w * x + b - y).square().mean()
        print(f"step {step:3}: w {w:.3f}, b {b:.3f}, loss {loss:.3f}")

columns = torch.stack([x, torch.ones_like(x)], 1)
exact = torch.linalg.lstsq(columns, y[:, None]).solution.flatten()
print(f"solved at once: w {exact[0]:.3f}, b {exact[1]:.3f}")
