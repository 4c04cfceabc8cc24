from itertools import pairwise

import torch

from dlbook.activations import relu
from dlbook.data import digits

g = torch.Generator().manual_seed(0)
like = {"dtype": torch.float64, "generator": g}
sizes = [64, 50, 40, 30, 10]
layers = [(torch.randn(n_out, n_in, **like), torch.randn(n_out, **like))
          for n_in, n_out in pairwise(sizes)]
x = digits()[0].flatten(1).double()  # 1797 real digits

deep, bent = x, x
one, shift = torch.eye(64).double(), torch.zeros(64).double()
for weight, bias in layers:
    deep = deep @ weight.T + bias
    bent = relu(bent @ weight.T + bias)
    one, shift = weight @ one, weight @ shift + bias
print("parameters of four layers:", sum(w.numel() + b.numel()
                                        for w, b in layers))
print("parameters of the one:", one.numel() + shift.numel())
print("same outputs:", deep.allclose(x @ one.T + shift))
print("same with ReLU between:", bent.allclose(x @ one.T + shift))
