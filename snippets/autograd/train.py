# --8<-- [start:net]
import torch

import dlbook
from dlbook.backprop.tensor import TensorValue, cross_entropy
from dlbook.data import digits

device = dlbook.device()
images, labels = (t.to(device) for t in digits())
x = images.flatten(1).double()
one_hot = torch.eye(10, device=device).double()[labels]


def weights(seed):
    """Two layers, 64 to 32 to 10: weights and biases."""
    g = torch.Generator().manual_seed(seed)
    w = torch.randn(64, 32, generator=g), torch.randn(32, 10, generator=g)
    tensors = w[0] / 8, torch.zeros(32), w[1] / 32**0.5, torch.zeros(10)
    return [t.double().to(device) for t in tensors]


def net(x, w1, b1, w2, b2):
    return (x @ w1 + b1).tanh() @ w2 + b2
# --8<-- [end:net]


# --8<-- [start:train]
for seed in range(3):
    ours = [TensorValue(w) for w in weights(seed)]
    theirs = [w.requires_grad_() for w in weights(seed)]
    g = torch.Generator().manual_seed(seed)
    order = torch.randperm(1797, generator=g)
    train, test = order[:1500], order[1500:]
    apart = 0.0
    for batch in train.repeat(10).split(50):
        scores = net(TensorValue(x[batch]), *ours)
        loss = cross_entropy(scores, one_hot[batch])
        loss.backward()
        scores = net(x[batch], *theirs)
        torch.nn.functional.cross_entropy(scores, labels[batch]).backward()
        for mine, other in zip(ours, theirs, strict=True):
            for w in (mine, other):
                w.data -= 0.5 * w.grad
                w.grad = torch.zeros_like(w.data)
            off = (mine.data - other.data).abs().max().item()
            apart = max(apart, off)
    right = net(x[test], *theirs).argmax(1) == labels[test]
    print(f"seed {seed}: equal at every step: {apart < 1e-10}, loss",
          f"{loss.data:.3f}, right {100 * right.double().mean():.0f} %")
# --8<-- [end:train]
