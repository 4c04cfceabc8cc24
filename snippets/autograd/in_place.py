from textwrap import fill

import torch

w = torch.ones(3, requires_grad=True)
y = w.exp()
y += 1
try:
    y.sum().backward()
except RuntimeError as error:
    print(fill(str(error).partition(":")[0], 60))
