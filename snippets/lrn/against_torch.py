import torch

import dlbook
from dlbook.lrn import LocalResponseNorm

g = torch.Generator().manual_seed(0)
x = 100 * torch.randn(2, 8, 5, 4, dtype=torch.float64, generator=g)
x = x.to(dlbook.device()).requires_grad_()
ours = LocalResponseNorm(size=5)  # as the paper has it
torchs = torch.nn.LocalResponseNorm
for name, theirs in [
    ("torch, its defaults:", torchs(5)),
    ("with the paper's constants:", torchs(5, 1e-4, 0.75, k=2)),
    ("with alpha times n:", torchs(5, 5 * 1e-4, 0.75, k=2)),
]:
    y, expected = ours(x), theirs(x)
    pairs = [(y, expected)]
    slopes = [torch.autograd.grad(z.sin().sum(), x)[0] for z in pairs[0]]
    pairs.append(slopes)
    apart = ((y - expected).abs() / expected.abs()).max().item()
    equal = [one.allclose(other) for one, other in pairs]
    print(f"{name:28}", equal, f"apart by {100 * apart:.0f} %")
