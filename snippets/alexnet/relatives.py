from functools import partial
from math import prod

import torch

from dlbook.alexnet import AlexNet, AlexNet2012
from dlbook.cnn import layer_table

nets = {
    "2012, two towers": (227, AlexNet2012),
    "2012, one tower": (227, partial(AlexNet2012, towers=1)),
    "code for one GPU": (224, AlexNet),
    "footnote of 2014": (
        224, partial(AlexNet, channels=(64, 192, 384, 384, 256))),
}
print(f"{'':17} parameters  dense  multiply-adds    units")
with torch.device("meta"):
    for name, (side, make) in nets.items():
        rows = layer_table(make(), torch.zeros(1, 3, side, side))
        total = sum(row.parameters for row in rows)
        work = sum(row.multiply_adds for row in rows)
        units = sum(prod(row.gives) for row in rows if row.parameters)
        dense = sum(r.parameters for r in rows if r.kind == "Linear")
        print(f"{name:17} {total:,}  {dense / total:.1%}  {work:13,}"
              f"  {units:,}")
