# --8<-- [start:setup]
from functools import partial

import torch
from torch import nn

import dlbook
from dlbook.alexnet import SmallAlexNet, paper_lrn
from dlbook.datasets import load, pixels
from dlbook.experiment import Data, Part, compare, stream

train, test = (Part(pixels(part.x).to(dlbook.device()),
                    part.y.to(dlbook.device()))
               for part in load("fashion-small")[1:3])


def divided(seed):  # 400 of 5,000 to choose by
    order = torch.randperm(5000, generator=stream(seed, "split"))
    parts = order[400:], order[:400]
    return Data(*(Part(train.x[i], train.y[i]) for i in parts), test)
# --8<-- [end:setup]


# --8<-- [start:compare]
# about three minutes
small = partial(SmallAlexNet, channels=(8, 16, 24, 24, 16), units=(64, 64),
                frame=2, c_in=1, norm=nn.Identity, drop=nn.Identity,
                pool=partial(nn.MaxPool2d, 3, 2, padding=1))
nets = {"plain": small, "LRN": partial(small, norm=paper_lrn),
        "batch norm": partial(small, norm=nn.BatchNorm2d),
        "tiles": partial(small, pool=partial(nn.MaxPool2d, 2))}
print(compare(nets, divided, steps=300, rates=(1e-3, 3e-3), batch=16,
              every=50, against="plain", together=False))
# --8<-- [end:compare]
