import torch

from dlbook.captioning.model import Captioner

steps = [(3, 1), (2, 2), (3, 1), (2, 2), (3, 1), (3, 1), (2, 2)]
sees, apart = 1, 1
for kernel, stride in steps:
    sees, apart = sees + (kernel - 1) * apart, apart * stride
    print(f"kernel {kernel}, stride {stride}: sees {sees}, {apart} apart")
rng = torch.Generator().manual_seed(0)
eye = Captioner(21, generator=rng).look.double().eval()
pictures = torch.rand(50, 1, 64, 64, generator=rng).double()
features = eye(pictures.requires_grad_())[:, :, 4, 4]
(grad,) = torch.autograd.grad(features.sum(), pictures)
rows = (grad != 0).any(3).any(1).any(0).nonzero()
print("place 4 feels the rows", rows.min().item(), "to", rows.max().item())
