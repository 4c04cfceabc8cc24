import torch
from torch.nn.utils import clip_grad_norm_

w = torch.ones(4, requires_grad=True)
for when in ("before backward", "after backward"):
    w.grad = None  # what zero_grad does
    if when == "before backward":
        length = clip_grad_norm_([w], 1.0)
    (100 * w).sum().backward()
    if when == "after backward":
        length = clip_grad_norm_([w], 1.0)
    print(f"{when:15}: met {length:.0f}, the step has {w.grad.norm():.0f}")
