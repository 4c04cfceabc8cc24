# about a minute
from functools import partial

from torch import nn

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.experiment import compare, split

x, y = (t.to(dlbook.device()) for t in digits())
layers = {"conv": nn.Conv2d, "pool": nn.MaxPool2d}
nets = {f"{a}, {2 * a}": partial(CNN, (1, 8, 8), [a, 2 * a], [10], **layers)
        for a in (2, 4, 8, 16)}
print(compare(nets, lambda seed: split(x, y, seed), steps=1000,
              rates=(3e-3, 1e-2), against="8, 16"))
