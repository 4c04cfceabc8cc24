# --8<-- [start:setup]
import torch

import dlbook
from dlbook.batch_size import steps_to
from dlbook.data import digits
from dlbook.experiment import Data, compare_values, fit_many, split
from dlbook.fully_connected import MLP

x, y = (t.to(dlbook.device()) for t in digits())
data = split(x.flatten(1), y, seed=0)
new = Data(data.train, data.test)
rates = [0.08, 0.16, 0.32, 0.64, 1.28, 2.56]
how = {"optimizer": torch.optim.SGD, "every": 5}


def make(generator):
    return MLP([64, 32, 10], generator=generator)


def first(seeds, data, rates, batch, steps):  # when 6 % or fewer are wrong
    many = fit_many(make, seeds, data, rates=rates, batch=batch,
                    steps=steps, **how)
    return steps_to(0.06, many.points, many.validation)
# --8<-- [end:setup]


# --8<-- [start:measure]
# about a minute
import matplotlib.pyplot as plt

taken = {}
for batch, most in {4: 900, 16: 500, 64: 300, 256: 200, 1024: 200}.items():
    middle = first(range(5), data, rates, batch, most).median(1).values
    rate = rates[int(middle.argmin())]  # chosen on validation digits
    taken[batch] = first(range(5, 15), new, rate, batch, 2 * most)[0]
    steps = int(taken[batch].median())
    print(f"B = {batch:4}: rate {rate}, {steps:3} steps,"
          f" {steps * batch:6,} examples")
for unit, times in ("steps", 0), ("examples", 1):
    rows = {f"B = {b}": t * b**times for b, t in taken.items()}
    print(compare_values(rows, unit=unit, against="B = 64").verdict)
sizes, runs = torch.tensor(list(taken)), torch.stack(list(taken.values()))
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.6))
for ax, times, name in zip(axes, (0, 1), ("steps", "examples"), strict=True):
    ax.loglog(sizes, runs * sizes[:, None] ** times, ".", color="0.6")
    ax.loglog(sizes, runs.median(1).values * sizes**times, "o-", color="C0")
    ax.set(xlabel="batch size B", title=f"{name} to the target")
plt.show()
# --8<-- [end:measure]
