# --8<-- [start:probe]
import torch
from torch import nn

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.training import fit

x, y = (t.to(dlbook.device()) for t in digits())
x = x.double()
target = torch.eye(10).to(x)[y]


def probe(features, train, test):
    """The best linear scores, by least squares: percent wrong in testing."""
    f = nn.functional.pad(features.detach().flatten(1), (0, 1), value=1)
    square = f[train].T @ f[train] + 0.1 * torch.eye(f.shape[1]).to(f)
    scores = f[test] @ torch.linalg.solve(square, f[train].T @ target[train])
    return 100 * (scores.argmax(1) != y[test]).double().mean().item()
# --8<-- [end:probe]


# --8<-- [start:compare]
layers = {"conv": nn.Conv2d, "pool": nn.MaxPool2d, "linear": nn.Linear}
stages = {"pixels": 0, "1 block": 3, "2 blocks": 6}
rows = {name: [] for name in ("random", "trained")}
for seed in range(5):
    g = torch.Generator().manual_seed(seed)
    net = CNN((1, 8, 8), [8, 16], [10], generator=g, **layers).to(x)
    order = torch.randperm(len(x), generator=g)
    train, test = order[:1000], order[1000:]
    for name, row in rows.items():
        if name == "trained":
            fit(net, x[train], y[train], steps=300, generator=g)
        parts = [net.features[:end](x) for end in stages.values()]
        row.append([probe(part, train, test) for part in parts])
for column, (stage, end) in enumerate(stages.items()):
    count = net.features[:end](x[:1]).numel()
    for name, row in rows.items():
        values = torch.tensor(row)[:, column]
        print(f"{stage:8} {count:3} numbers, {name:7} kernels:"
              f" {values.mean():4.1f} % wrong"
              f" ({values.min():.1f} to {values.max():.1f})")
# --8<-- [end:compare]
