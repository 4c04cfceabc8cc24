import math

import torch
from torch import nn

from dlbook.data import digits

images, labels = digits()
x = images.flatten(1).double()
print(f"floor for ten classes: {math.log(math.e + 9) - 1:.3f}")
for name, last in (("logits", nn.Identity()), ("softmax", nn.Softmax(1))):
    losses = []
    for seed in range(3):
        g = torch.Generator().manual_seed(seed)
        weight = torch.randn(10, 64, dtype=x.dtype, generator=g) / 8
        weight.requires_grad_()
        step = torch.optim.Adam([weight], lr=0.05)
        for _ in range(100):
            loss = nn.CrossEntropyLoss()(last(x @ weight.T), labels)
            step.zero_grad()
            loss.backward()
            step.step()
        losses.append(f"{loss:.2f}")
    print(f"{name} into CrossEntropyLoss: loss after 100 steps", *losses)
