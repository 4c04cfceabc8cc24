# about half a minute
from torch import nn

from dlbook.data import digits
from dlbook.experiment import compare, split
from dlbook.fully_connected import MLP

data = split(*digits(), seed=0).changed(lambda images: images.flatten(1))


def ends_with(last):
    def make(generator):
        return nn.Sequential(MLP([64, 32, 10], generator=generator), last)
    return make


print(compare({"scores": ends_with(nn.Identity()),
               "softmax at the end": ends_with(nn.Softmax(1))},
              data, steps=1000))
