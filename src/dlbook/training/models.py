"""The book's own models, under the names that `create` knows.

The small AlexNet names itself where it is defined.
"""

import math

from torch import Generator, nn

from dlbook.alexnet.named import alexnet_small as alexnet_small
from dlbook.cnn import CNN
from dlbook.fully_connected import MLP
from dlbook.lenet import LeNet, LeNet1998
from dlbook.training.registry import Shape, register


# --8<-- [start:models]
@register("linear")
def linear(shape: Shape, classes: int, generator: Generator) -> nn.Module:
    """One fully connected layer on the pixels."""
    dense = MLP([math.prod(shape), classes], generator=generator)
    return nn.Sequential(nn.Flatten(), dense)


@register("mlp")
def mlp(shape: Shape, classes: int, generator: Generator) -> nn.Module:
    """A fully connected network with one hidden layer of 128 units."""
    dense = MLP([math.prod(shape), 128, classes], generator=generator)
    return nn.Sequential(nn.Flatten(), dense)


@register("cnn")
def cnn(shape: Shape, classes: int, generator: Generator) -> nn.Module:
    """Two blocks of convolution and pooling, then one dense layer."""
    return CNN(
        shape, [8, 16], [classes], conv=nn.Conv2d, pool=nn.MaxPool2d,
        linear=nn.Linear, generator=generator,
    )


@register("lenet")
def lenet(shape: Shape, classes: int, generator: Generator) -> nn.Module:
    """LeNet as it is taught today."""
    _refuse_other_than_28(shape)
    return LeNet(c_in=shape[0], classes=classes, generator=generator)
# --8<-- [end:models]


@register("lenet1998")
def lenet1998(shape: Shape, classes: int, generator: Generator) -> nn.Module:
    """LeNet-5 as LeCun et al. (1998) describe it."""
    _refuse_other_than_28(shape)
    if (shape[0], classes) != (1, 10):
        raise ValueError(
            "LeNet of 1998 reads one channel and knows ten classes,"
            f" got {shape[0]} channels and {classes} classes"
        )
    return LeNet1998(generator=generator)


def _refuse_other_than_28(shape: Shape) -> None:
    if tuple(shape[1:]) != (28, 28):
        raise ValueError(
            f"LeNet reads pictures of 28 by 28 pixels, got {shape[1:]}"
        )
