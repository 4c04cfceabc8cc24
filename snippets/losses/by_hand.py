import math

import torch

from dlbook.losses import binary_cross_entropy, cross_entropy, mse, softmax

like = {"dtype": torch.float64}
y = torch.tensor([[1, 4], [2, 0]], **like)
print(f"mse: {mse(y, torch.zeros_like(y)):.2f}")

z = torch.tensor([math.log(3)], **like, requires_grad=True)
loss = binary_cross_entropy(z, torch.zeros(1, **like))
(slope,) = torch.autograd.grad(loss, z)
print(f"binary: loss {loss:.4f}, slope {slope.item():.2f}")

z = torch.tensor([[0, math.log(2), math.log(5)]], **like, requires_grad=True)
loss = cross_entropy(z, torch.tensor([2]))
(slope,) = torch.autograd.grad(loss, z)
print("softmax:", softmax(z).tolist()[0])
print(f"cross-entropy: loss {loss:.4f}, slope",
      [round(s, 3) for s in slope.tolist()[0]])
