import torch
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

a, b = torch.zeros(1), torch.zeros(1)


def show(name, clip):
    a.grad, b.grad = torch.tensor([3.0]), torch.tensor([4.0])
    clip()
    print(f"{name:19} ({a.grad.item():.1f}, {b.grad.item():.1f})")


show("as it was", lambda: None)
show("by norm, at 1", lambda: clip_grad_norm_([a, b], 1.0))
show("by norm, at 9", lambda: clip_grad_norm_([a, b], 9.0))
show("each alone, at 1", lambda: [clip_grad_norm_([p], 1.0) for p in (a, b)])
show("by value, at 1", lambda: clip_grad_value_([a, b], 1.0))
