# --8<-- [start:setup]
from functools import partial

import torch
from torch import nn

import dlbook
from dlbook.alexnet import SmallAlexNet
from dlbook.augmentation import random_crop, random_flip
from dlbook.datasets import load, pixels
from dlbook.experiment import Competitor, Data, Part, compare, stream

train, test = (Part(pixels(part.x).to(dlbook.device()),
                    part.y.to(dlbook.device()))
               for part in load("fashion-small")[1:3])


def divided(seed):  # 400 of 5,000 to choose by, 300 to learn from
    order = torch.randperm(5000, generator=stream(seed, "split"))
    parts = order[-300:], order[:400]
    return Data(*(Part(train.x[i], train.y[i]) for i in parts), test)
# --8<-- [end:setup]


# --8<-- [start:compare]
# about two minutes
def moved(x, generator):
    x = random_flip(x, generator)
    return random_crop(x, 28, generator, padding=2)


small = partial(SmallAlexNet, channels=(8, 16, 24, 24, 16), units=(64, 64),
                frame=2, c_in=1, norm=nn.Identity)
plain = partial(small, drop=nn.Identity)
nets = {"plain": plain, "dropout": small,
        "moved": Competitor(plain, how={"augment": moved})}
print(compare(nets, divided, steps=400, rates=(1e-3, 3e-3), batch=16,
              every=40, against="plain", together=False))
# --8<-- [end:compare]
