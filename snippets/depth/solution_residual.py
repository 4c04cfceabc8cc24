import torch

from dlbook.data import digits

images, _ = digits()
x = images[:200].flatten(1).double()
for name, share in [("plain", 0), ("residual", 1)]:
    for seed in range(3):
        g = torch.Generator().manual_seed(seed)
        z = start = x.clone().requires_grad_()
        for _ in range(30):
            weight = torch.randn(64, 64, generator=g).double() / 8
            z = share * z + (z @ weight).sigmoid()
        w = torch.randn(64, generator=g).double()
        last = torch.ones(200, 1).double() * w
        (first,) = torch.autograd.grad(z, start, last)
        ratio = (first.norm() / last.norm()).log10().item()
        print(f"{name}, seed {seed}: size of the gradient 10^{ratio:.0f}")
