from contextlib import nullcontext

import torch

import dlbook
from dlbook.forward import saved_bytes
from dlbook.lenet import LeNet

model = LeNet().to(dlbook.device())
x = torch.zeros(500, 1, 28, 28, device=dlbook.device())
w = torch.ones(10, device=dlbook.device(), requires_grad=True)
tries = {"y.sum().backward()": lambda y: y.sum().backward(),
         "y += 1": lambda y: y.add_(1),
         "(w * y).sum().backward()": lambda y: (w * y).sum().backward()}
for mode in (nullcontext, torch.no_grad, torch.inference_mode):
    with mode():
        print(f"{mode.__name__}: keeps {saved_bytes(model, x) / 1e6:.1f} MB")
    for name, attempt in tries.items():
        with mode():
            y = model(x[:2])
        try:
            attempt(y)
            print(f"  {name:24} works")
        except RuntimeError as error:
            print(f"  {name:24} {str(error)[:48]} …")
