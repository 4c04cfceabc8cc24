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
blur = nn.AvgPool2d(2, 1), nn.AvgPool2d(2)  # 1, 2, 1 over 4, then every 2nd


def network(stride, *pool):
    return lambda: nn.Sequential(
        nn.Conv2d(1, 8, 3, stride, padding=1), nn.ReLU(), *pool,
        nn.Conv2d(8, 16, 3, stride, padding=1), nn.ReLU(), *pool,
        nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(16, 10),
    )


nets = {"strided": network(2), "max": network(1, nn.MaxPool2d(2)),
        "blurred": network(1, nn.MaxPool2d(2, 1, padding=1), *blur)}
# --8<-- [end:network]


# --8<-- [start:compare]
# about a minute
import matplotlib.pyplot as plt

from dlbook.experiment import compare_values

result = compare(nets, data, steps=1000, rates=(3e-3, 1e-2), against="max")
print(f"in the middle\n{result}")
x, y = data.test
rows = {name: [] for name in nets}
for shift in range(5):  # to the right
    moved = nn.functional.pad(x, (shift, -shift))
    for name, each in result.entrants.items():
        shares = [wrong(each.network(seed), moved, y).double().mean()
                  for seed in range(5)]
        rows[name].append([100 * share.item() for share in shares])
for shift in (1, 2):
    at = {name: row[shift] for name, row in rows.items()}
    values = compare_values(at, unit="points", against="max")
    print(f"\nmoved by {shift}\n{values}")
plt.figure(figsize=(5.5, 2.8))
for name, row in rows.items():
    plt.plot(range(5), torch.tensor(row).mean(1), "o-", label=name)
plt.gca().set(xlabel="pixels moved", ylabel="wrong, in %", xticks=range(5))
plt.legend()
plt.show()
# --8<-- [end:compare]
