import torch

from dlbook.gradient_descent import Adam

w = torch.zeros(()).double().requires_grad_()
walker = Adam([w], lr=0.1)
for g in (2.0, -1.0):
    before = w.item()
    w.grad = torch.tensor(g).double()
    walker.step()
    print(f"g = {g:2}: step {w.item() - before:.4f}")
