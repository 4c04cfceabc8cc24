# about half a minute
from functools import partial

from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.experiment import Competitor, compare, split
from dlbook.normalization import chain

x, y = (t.to(dlbook.device()) for t in digits())
sizes = [64, 32, 32, 10]
nets = {"batch norm": nn.BatchNorm1d, "layer norm": nn.LayerNorm}
for batch, steps in (2, 800), (32, 200):
    result = compare(
        {name: Competitor(partial(chain, sizes, norm))
         for name, norm in nets.items()},
        lambda seed: split(x.flatten(1), y, seed),
        steps=steps, rates=(1e-3, 3e-3, 1e-2), batch=batch)
    print(f"\nB = {batch}\n{result}")
