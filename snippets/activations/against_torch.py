import torch
from torch.nn.functional import gelu, leaky_relu, relu, silu

from dlbook.activations import ACTIVATIONS

torchs = [torch.sigmoid, torch.tanh, relu, leaky_relu, silu, gelu]
rounding = {torch.float64: 1e-12, torch.float32: 1e-5, torch.float16: 2e-3}
g = torch.Generator().manual_seed(0)
drawn = 3 * torch.randn(1000, dtype=torch.float64, generator=g)
x = torch.cat([drawn, torch.tensor([0, 20, -20, 1000, -1000])])
print("agree in value, in gradient, derivative by formula; all finite")
for (name, ours), theirs in zip(ACTIVATIONS.items(), torchs, strict=True):
    checks = []
    for dtype, eps in rounding.items():
        a, near = x.to(dtype).requires_grad_(), {"rtol": eps, "atol": eps}
        y, expected = ours.function(a), theirs(a)
        (slope,) = torch.autograd.grad(y.sum(), a)
        (slopes,) = torch.autograd.grad(expected.sum(), a)
        formula = ours.derivative(a.detach())
        for one, other in [(y, expected), (slope, slopes), (formula, slopes)]:
            checks.append(one.allclose(other, **near))
            checks.append(bool(one.isfinite().all()))
    print(f"{name:10}", all(checks), "in", len(checks), "checks")
