import torch

from dlbook.lenet import squash

a = torch.linspace(0, 2, 2001, dtype=torch.float64, requires_grad=True)
(slope,) = torch.autograd.grad(squash(a).sum(), a, create_graph=True)
(bend,) = torch.autograd.grad(slope.sum(), a)
most = a[bend.abs().argmax()].item()
print(f"squash(1) = {squash(a)[1000]:.4f}")
print(f"it bends most at {most:.2f}")
print(f"the slope is {slope[0]:.2f} at 0, {slope[1000]:.2f} at 1,"
      f" {slope[2000]:.2f} at 2")
