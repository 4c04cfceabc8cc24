import torch
from torch.nn import Conv2d, MaxPool2d
from torch.nn.functional import pad

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.training import fit, wrong

x, y = (t.to(dlbook.device()) for t in digits())
x, layers = pad(x.double(), [4] * 4), {"conv": Conv2d, "pool": MaxPool2d}
for steps in (200, 800):
    g = torch.Generator().manual_seed(0)
    net = CNN((1, 16, 16), [8, 16], [10], generator=g, **layers).to(x)
    order = torch.randperm(len(x), generator=g)
    train, test = order[:1000], order[1000:]
    by = torch.randint(-4, 5, (1000,), generator=g).tolist()
    moved = [pad(x[i], (s, -s)) for i, s in zip(train, by, strict=True)]
    fit(net, torch.stack(moved), y[train], steps=steps, generator=g)
    miss = [wrong(net, pad(x[test], (s, -s)), y[test]) for s in range(5)]
    print(steps, "steps:", *(f"{100 * m.double().mean():2.0f}" for m in miss))
