import torch
from torch import nn
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.mini_batches import Kept, accumulate

x, y = (t[:1024] for t in digits())
model = nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(),
                      nn.Linear(32, 10))
parts = list(zip(x.split(128), y.split(128), strict=True))
w, total = model[1].weight, torch.zeros(())
each = [torch.autograd.grad(cross_entropy(model(a), b), w)[0]
        for a, b in parts]
with Kept(x, y, *model.parameters()) as kept:
    for a, b in parts:
        total = total + cross_entropy(model(a), b)
        total.backward(retain_graph=True)
weighted = sum((8 - k) * gradient for k, gradient in enumerate(each))
print("counts 8, 7, … 1:", torch.allclose(w.grad, weighted, atol=1e-5))
print("kept:", kept.peak, "bytes")
with Kept(x, y, *model.parameters()) as kept:
    accumulate(model, parts)
print("kept by accumulate:", kept.peak, "bytes")
