# about two minutes
from functools import partial

import matplotlib.pyplot as plt
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.experiment import compare, split
from dlbook.normalization import chain

x, y = (t.to(dlbook.device()) for t in digits())
kinds = {"none": {}, "none, He": {"he": True},
         "batch norm": {"norm": nn.BatchNorm1d},
         "layer norm": {"norm": nn.LayerNorm}}
for depth in 2, 12:
    make = partial(chain, [64] + [32] * depth + [10])
    nets = {name: partial(make, **kind) for name, kind in kinds.items()}
    result = compare(nets, lambda seed: split(x.flatten(1), y, seed),
                     steps=300, rates=(1e-3, 3e-3, 1e-2, 3e-2), batch=64)
    print(f"\n{depth} hidden layers\n{result}")
fig, ax = plt.subplots(figsize=(5.5, 2.6))
result.draw(ax)  # of the deep ones
ax.legend(ncols=4, loc="lower right", bbox_to_anchor=(1, 1))
plt.show()
