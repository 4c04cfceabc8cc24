# --8<-- [start:network]
import torch
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.experiment import compare, compare_values, split

images, labels = (t.to(dlbook.device()) for t in digits())
x = nn.functional.pad(images, [2] * 4)
data = split(x, labels, seed=0, validation=300, test=797)


def network(stride, *pool, side=3):
    return lambda: nn.Sequential(
        nn.Conv2d(1, 8, 3, stride, padding=1), nn.ReLU(), *pool,
        nn.Conv2d(8, 16, 3, stride, padding=1), nn.ReLU(), *pool,
        nn.Flatten(), nn.Linear(16 * side**2, 10),
    )


nets = {"none": network(1, side=12), "strided": network(2),
        "average": network(1, nn.AvgPool2d(2)),
        "max": network(1, nn.MaxPool2d(2))}
# --8<-- [end:network]


# --8<-- [start:mistakes]
from dlbook.training import wrong


def mistakes(entrant, shift):
    """Percent wrong for each seed, with the test digits moved right."""
    x, y = data.test
    moved = nn.functional.pad(x, (shift, -shift))
    shares = [wrong(entrant.network(seed), moved, y).double().mean()
              for seed in range(5)]
    return [100 * share.item() for share in shares]
# --8<-- [end:mistakes]


# --8<-- [start:compare]
# about a minute
import matplotlib.pyplot as plt

result = compare(nets, data, steps=600, rates=(3e-3, 1e-2), against="max")
print(f"in the middle\n{result}")
rows = {name: [mistakes(each, shift) for shift in range(3)]
        for name, each in result.entrants.items()}
for shift in (1, 2):
    print(f"\nmoved by {shift}")
    moved = {name: row[shift] for name, row in rows.items()}
    print(compare_values(moved, unit="points", against="max"))
plt.figure(figsize=(5.5, 2.8))
for number, (name, row) in enumerate(rows.items()):
    row = torch.tensor(row)
    mean, low, high = row.mean(1), row.amin(1), row.amax(1)
    ends = torch.stack([mean - low, high - mean]).numpy()
    at = (torch.arange(3) + 0.06 * number).numpy()
    plt.errorbar(at, mean.numpy(), ends, fmt="o-", label=name)
plt.xticks(range(3))
plt.xlabel("moved by, in pixels")
plt.ylabel("wrong, in %")
plt.legend()
plt.show()
# --8<-- [end:compare]
