# --8<-- [start:setup]
from functools import partial

import torch
from torch import nn
from torch.nn.functional import cross_entropy

import dlbook
from dlbook.data import digits
from dlbook.experiment import Data, Metric, Scale, compare, compare_values
from dlbook.fully_connected import MLP
from dlbook.training import wrong

x, y = (t.to(dlbook.device()) for t in digits())
order = torch.randperm(1797, generator=torch.Generator().manual_seed(0))
parts = [(x.flatten(1)[i], y[i]) for i in order.split([1000, 400, 397])]


def own(seed):  # each seed learns from 125 digits that no other has seen
    some = slice(125 * seed, 125 * seed + 125)
    return Data(tuple(t[some] for t in parts[0]), *parts[1:])


def make(generator, p):
    hidden = nn.Sequential(nn.ReLU(), nn.Dropout(p))
    return MLP([64, 128, 128, 10], activation=hidden, generator=generator)
# --8<-- [end:setup]


# --8<-- [start:measure]
# about two minutes
loss = Metric(cross_entropy, Scale("hundredths", name="loss", times=100))
nets = {f"p = {p}": partial(make, p=p) for p in (0, 0.25, 0.5, 0.75)}
result = compare(nets, own, seeds=range(8), steps=600, metric=loss,
                 rates=(0.001, 0.003, 0.009), against="p = 0")
print(result, "\n")
rows = {}
for name, each in result.entrants.items():
    chosen = [each.network(seed) for seed in range(8)]
    shares = [wrong(net, *parts[2]).double().mean() for net in chosen]
    rows[name] = [100 * share.item() for share in shares]
print(compare_values(rows, unit="points", name="wrong, in",
                     against="p = 0"))
# --8<-- [end:measure]
