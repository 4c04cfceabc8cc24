import torch

import dlbook.optimizers as ours

sizes = torch.tensor([10.0, 1.0, 0.1, 0.01]).double()  # of the gradients
for name, maker, how in [
    ("SGD, L2", torch.optim.SGD, {"weight_decay": 0.1}),
    ("Adam, L2", torch.optim.Adam, {"weight_decay": 0.1}),
    ("AdamW", ours.AdamW, {"weight_decay": 0.1}),
]:
    left = []
    for sign in (1, -1):  # the mean of both: only what pulls to 0 is left
        w = torch.ones(4).double().requires_grad_()
        walker = maker([w], lr=0.01, **how)
        for step in range(1000):
            w.grad = sign * sizes * (-1) ** step  # to and fro
            walker.step()
        left.append(w.detach())
    mean = torch.stack(left).mean(0)
    print(f"{name:8}: of weights of 1, left after 1000 steps:",
          *(f"{value.abs():.2f}" for value in mean))
