"""A whole convolutional network: features first, then a decision.

    image -> (convolution -> activation -> pooling) * blocks      features
          -> flatten -> fully connected layers -> scores          classifier

The layers are arguments: ours and torch's fill the same class. The order is
that of LeNet-5 (LeCun, Bottou, Bengio and Haffner, 1998, section II.B), whose
squashing here is any activation.
"""

import math
from collections.abc import Callable, Iterable
from itertools import pairwise

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook import pooling
from dlbook._checking import checked_sizes, checked_whole, refuse_unless_whole
from dlbook.convolution import sizes
from dlbook.convolution.forward import Conv2d
from dlbook.fully_connected.layers import MLP, Linear, draw
from dlbook.pooling import MaxPool2d

Shape = tuple[int, int, int]  # channels, rows, columns


# --8<-- [start:feature_shape]
def feature_shape(
    shape: Shape, channels: Iterable[int],
    *, kernel: int = 3, padding: int = 1, window: int = 2,
) -> Shape:
    """What the blocks make of one image: channels, rows, columns.

    >>> feature_shape((1, 8, 8), [8, 16])
    (16, 2, 2)
    >>> feature_shape((1, 32, 32), [6, 16], kernel=5, padding=0)  # LeNet
    (16, 5, 5)

    Raises:
        ValueError: for what is no shape, no channels, and for a kernel or a
            window that does not fit.
    """
    shape, channels = _checked_shape(shape), checked_sizes("channels", channels)
    rows, columns = (
        _side(size, len(channels), kernel, padding, window)
        for size in shape[1:]
    )
    return channels[-1], rows, columns


def _side(size: int, blocks: int, kernel, padding, window) -> int:
    for _ in range(blocks):
        size = sizes.output_size(size, kernel, padding=padding)
        size = pooling.output_size(size, window)
    return size
# --8<-- [end:feature_shape]


# --8<-- [start:cnn]
class CNN(nn.Module):
    """Blocks of convolution, activation and pooling; then dense layers.

    Args:
        shape: channels, rows and columns of an image.
        channels: how many feature maps each block makes.
        units: how many units each dense layer has; the last gives k scores.
        kernel: how wide the kernels are, in every block.
        padding: zeros on each side, before every convolution.
        window: how wide the tiles of the pooling are.
        conv: makes a convolution from c_in, c_out, kernel and `padding=`.
        activation: a class, of which each place gets a layer of its own.
        pool: makes a pooling from the window.
        linear: makes a dense layer from d_in and d_out.
        generator: where the starting weights come from, for any layers.

    >>> CNN((1, 8, 8), [8, 16], [10])(torch.zeros(5, 1, 8, 8)).shape
    torch.Size([5, 10])

    Raises:
        ValueError: for sizes that do not fit, or an activation no class.
    """

    def __init__(
        self, shape: Shape, channels: Iterable[int], units: Iterable[int],
        *, kernel: int = 3, padding: int = 1, window: int = 2,
        conv: Callable[..., nn.Module] = Conv2d,
        activation: type[nn.Module] = nn.ReLU,
        pool: Callable[[int], nn.Module] = MaxPool2d,
        linear: Callable[[int, int], nn.Module] = Linear,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        channels = checked_sizes("channels", channels)
        units = checked_sizes("units", units)
        how = {"kernel": kernel, "padding": padding, "window": window}
        flat = math.prod(feature_shape(shape, channels, **how))
        blocks: list[nn.Module] = []
        for c_in, c_out in pairwise([shape[0], *channels]):
            blocks.append(conv(c_in, c_out, kernel, padding=padding))
            blocks += [_checked_class(activation)(), pool(window)]
        dense = MLP([flat, *units], activation=activation, linear=linear)
        self.features = nn.Sequential(*blocks)
        self.classifier = nn.Sequential(nn.Flatten(), dense)
        if generator is not None:
            _draw_all(self, generator)

    def forward(self, x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n k"]:
        return self.classifier(self.features(x))
# --8<-- [end:cnn]


def _draw_all(model: nn.Module, generator: torch.Generator) -> None:
    """Weights and biases in ±1/sqrt(what one unit reads), as torch does."""
    for layer in model.modules():
        weight = getattr(layer, "weight", None)
        if torch.is_tensor(weight) and weight.ndim > 1:
            draw(layer, weight[0].numel(), generator)


# --8<-- [start:hidden_width]
def hidden_width(parameters: int, d_in: int, d_out: int) -> int:
    """The hidden layer that gives a dense net nearest to so many parameters.

    >>> hidden_width(1898, 64, 10)  # 64 -> 25 -> 10 has 1885
    25

    Raises:
        ValueError: for sizes without sense, and if not even one unit fits.
    """
    refuse_unless_whole(1, parameters=parameters, d_in=d_in, d_out=d_out)
    width = round((parameters - d_out) / (d_in + 1 + d_out))
    if width < 1:
        raise ValueError(
            f"{parameters} parameters are too few for {d_in} inputs,"
            f" one hidden unit and {d_out} outputs"
        )
    return width
# --8<-- [end:hidden_width]


def _checked_shape(shape) -> Shape:
    axes = tuple(shape) if isinstance(shape, (tuple, list)) else ()
    if len(axes) != 3:
        raise ValueError(
            "shape must be (channels, rows, columns) of one image,"
            f" got {shape!r}"
        )
    c, h, w = (checked_whole("each number of shape", n, 1) for n in axes)
    return c, h, w


def _checked_class(activation) -> type[nn.Module]:
    if not isinstance(activation, type):
        raise ValueError(
            "activation must be a class of layers, such as nn.ReLU,"
            f" got {activation!r}"
        )
    return activation
