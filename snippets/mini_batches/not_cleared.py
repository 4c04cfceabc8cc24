import torch
from torch import nn
from torch.nn.functional import cosine_similarity, cross_entropy

import dlbook
from dlbook.data import digits

x, y = (t[:1024].to(dlbook.device()) for t in digits())
x, g = x.double().flatten(1), torch.Generator().manual_seed(0)
model = nn.Linear(64, 10, bias=False, device=x.device, dtype=torch.double)
w = model.weight
w.data = torch.randn(10, 64, generator=g).to(w)
mean, = torch.autograd.grad(cross_entropy(model(x), y), w)
for part in torch.arange(1024, device=x.device).split(256):
    cross_entropy(model(x[part]), y[part]).backward()  # nothing is cleared
angle = cosine_similarity(w.grad.flatten(), mean.flatten(), dim=0)
print(f"length / that of the mean: {w.grad.norm() / mean.norm():.3f}")
print(f"cosine of the angle between them: {angle:.3f}")
print("η = 0.1 on the sum is η = 0.4 on the mean:",
      torch.allclose(w - 0.1 * w.grad, w - 0.4 * mean))
