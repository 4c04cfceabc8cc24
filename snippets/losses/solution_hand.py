import math

import torch

from dlbook.losses import cross_entropy, softmax

z = torch.tensor([[math.log(6), math.log(3), 0.0]], requires_grad=True)
loss = cross_entropy(z, torch.tensor([1]))
(slope,) = torch.autograd.grad(loss, z)
print("p:", [f"{p:.1f}" for p in softmax(z).tolist()[0]])
print(f"loss {loss:.3f}, slope", [f"{s:.1f}" for s in slope.tolist()[0]])
