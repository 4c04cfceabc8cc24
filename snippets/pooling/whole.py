# --8<-- [start:network]
import torch
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.experiment import compare, split
from dlbook.training import wrong

images, labels = (t.to(dlbook.device()) for t in digits())
x = nn.functional.pad(images, [4] * 4)
data = split(x, labels, seed=0, validation=300, test=797)


def network(stride, *pool):
    return lambda: nn.Sequential(
        nn.Conv2d(1, 8, 3, stride, padding=1), nn.ReLU(), *pool,
        nn.Conv2d(8, 16, 3, stride, padding=1), nn.ReLU(), *pool,
        nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(16, 10),
    )


nets = {"strided": network(2), "max": network(1, nn.MaxPool2d(2))}
# --8<-- [end:network]


# --8<-- [start:compare]
# about half a minute
import matplotlib.pyplot as plt

result = compare(nets, data, steps=1000, rates=(3e-3, 1e-2))
print(result)
x, y = data.test
plt.figure(figsize=(5.5, 2.8))
for name, each in result.entrants.items():
    rows = []
    for shift in range(5):  # to the right
        moved = nn.functional.pad(x, (shift, -shift))
        rows.append([100 * wrong(each.network(seed), moved, y).double().mean()
                     for seed in range(5)])
    rows = torch.tensor(rows)
    cells = zip(rows.mean(1), rows.amin(1), rows.amax(1), strict=True)
    cells = [f"{m:3.0f} ({a:.0f}-{z:.0f})" for m, a, z in cells]
    print(f"{name:8} wrong after a move by 0 to 4:", *cells)
    plt.plot(range(5), rows.mean(1).numpy(), "o-", label=name)
plt.xticks(range(5))
plt.xlabel("moved by, in pixels")
plt.ylabel("wrong, in %")
plt.legend()
plt.show()
# --8<-- [end:compare]
