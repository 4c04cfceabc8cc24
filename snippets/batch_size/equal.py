# about half a minute
from functools import partial

import torch

import dlbook
from dlbook.data import digits
from dlbook.experiment import Competitor, compare, split
from dlbook.fully_connected import MLP

x, y = (t.to(dlbook.device()) for t in digits())
rates = 0.16, 0.32, 0.64, 1.28, 2.56
make = partial(MLP, [64, 32, 10])
for name, steps in {
    "equal steps": {16: 120, 64: 120, 256: 120},
    "equal examples": {16: 480, 64: 120, 256: 30},
}.items():
    sizes = {f"B = {b}": Competitor(make, how={"batch": b, "steps": n})
             for b, n in steps.items()}
    print(f"\n{name}")
    result = compare(
        sizes, lambda seed: split(x.flatten(1), y, seed), seeds=range(10),
        steps=120, rates=rates, optimizer=torch.optim.SGD)
    print(result)
