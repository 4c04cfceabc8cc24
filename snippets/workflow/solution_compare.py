# about a minute
from torch import nn

from dlbook.datasets import load, pixels
from dlbook.experiment import compare, split
from dlbook.fully_connected import MLP

images = load("fashion-small").train
x, y = pixels(images.x).flatten(1), images.y


def linear(generator):
    return nn.Sequential(MLP([784, 10], generator=generator))


def mlp(generator):
    return nn.Sequential(MLP([784, 128, 10], generator=generator))


print(compare({"linear": linear, "mlp": mlp},
              lambda seed: split(x, y, seed, validation=500, test=1000),
              steps=1000, rates=(1e-3, 3e-3)))
