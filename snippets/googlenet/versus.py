# --8<-- [start:nets]
from functools import partial

import torch

import dlbook
from dlbook.datasets import load, pixels
from dlbook.experiment import compare, split
from dlbook.googlenet import PlainNet, SmallGoogLeNet, plain_width

parts = load("fashion-small")[1:3]
x, y = (torch.cat(both).to(dlbook.device())
        for both in zip(*parts, strict=True))
widths = {depth: [] for depth in (1, 2)}
for depth, found in widths.items():
    c = 8  # of the stem
    for work in (600, 2512):  # of each Inception block, at one place
        c = plain_width(work, c, depth=depth)
        found.append(c)
print("channels of the plain nets:", widths)
# --8<-- [end:nets]


# --8<-- [start:compare]
# about two minutes
nets = {"Inception": SmallGoogLeNet,
        "plain wide": partial(PlainNet, widths[1]),
        "plain deep": partial(PlainNet, widths[2], depth=2)}
print(compare(
    nets, lambda seed: split(pixels(x), y, seed, validation=400, test=1500),
    steps=300, rates=(3e-3, 1e-2), batch=32, every=50, against="Inception"))
# --8<-- [end:compare]
