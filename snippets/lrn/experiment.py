# --8<-- [start:train]
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.lrn import LocalResponseNorm

x, y = (t.to(dlbook.device()) for t in digits())
norms = {
    "none": nn.Identity,
    "alpha=0": lambda: LocalResponseNorm(alpha=0),
    "paper": LocalResponseNorm,
    "alpha=1": lambda: LocalResponseNorm(alpha=1),
}


def network(norm):
    return lambda: nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), norm(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), norm(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64, 10),
    )
# --8<-- [end:train]


# --8<-- [start:compare]
# about a minute
import matplotlib.pyplot as plt

from dlbook.experiment import compare, split

nets = {name: network(norm) for name, norm in norms.items()}
result = compare(nets, lambda seed: split(x, y, seed), steps=600, every=100,
                 rates=(3e-3, 1e-2), against="none")
print(result)
print("\nwrong in validation after 100, 200, 400, 600 steps, in %:")
for name, curves in result.curves.items():
    seen = 100 * curves.validation.mean(0)[[0, 1, 3, 5]]
    print(f"{name:9}", *(f"{share:4.1f}" for share in seen))
fig, ax = plt.subplots(figsize=(5.5, 2.6))
result.draw(ax)
plt.show()
# --8<-- [end:compare]
