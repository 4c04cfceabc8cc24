import torch
from torch import nn

from dlbook.dropout import apply_mask, dropout, dropout_gradient
from dlbook.training.chance import seeded

rng = torch.Generator().manual_seed(0)
x, g = (torch.randn(6, 8, generator=rng).double() for _ in "xg")
x.requires_grad_()
theirs = nn.Dropout(0.4)(x)
mask = (theirs != 0).double()  # the mask that torch has drawn
print("values agree:", torch.equal(apply_mask(x, mask, 0.4), theirs))
slopes = torch.autograd.grad(theirs, x, g)[0]
print("gradients:", torch.equal(dropout_gradient(g, mask, 0.4), slopes))
for p in (0, 0.4, 1):
    found = []
    for function in (dropout, nn.functional.dropout):
        with seeded(0, 0, x.device):
            before = torch.get_rng_state()
            found.append(function(x, p))
            drawn = not torch.equal(before, torch.get_rng_state())
    print(f"p = {p}: same seed, same values: {torch.equal(*found)};"
          f" drawn: {drawn}")
