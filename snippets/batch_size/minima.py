# --8<-- [start:setup]
import torch

import dlbook
from dlbook.batch_size import sharpness
from dlbook.data import digits
from dlbook.experiment import Competitor, compare, split
from dlbook.fully_connected import MLP
from dlbook.training import wrong

x, y = (t.to(dlbook.device()) for t in digits())
data = split(x.flatten(1), y, seed=0)


def make(generator):
    return MLP([64, 32, 10], generator=generator)


sizes = {f"B = {n}": Competitor(make, how={"batch": n}) for n in (16, 1079)}
# --8<-- [end:setup]


# --8<-- [start:measure]
# one or two minutes
for steps in (1500, 6000):
    result = compare(sizes, data, steps=steps, rates=(0.16, 0.32, 0.64, 1.28),
                     optimizer=torch.optim.SGD, take="last")
    print(result)
    for name, each in result.entrants.items():
        nets = [each.network(seed) for seed in range(5)]
        missed = [int(wrong(net, *data.train).sum()) for net in nets]
        rng = torch.Generator().manual_seed(0)
        bends = [sharpness(net, *data.train, generator=rng) for net in nets]
        print(f"{name}: training digits wrong {missed}, largest curvature",
              f"{min(bends):.1g} to {max(bends):.1g}")
    print()
# --8<-- [end:measure]
