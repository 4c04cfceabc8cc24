"""LeNet as it is taught today.

    image -> (convolution -> activation -> pooling) * 2
          -> flatten -> 120 -> activation -> 84 -> activation -> scores

The sizes are those of LeNet-5 (LeCun, Bottou, Bengio and Haffner, 1998,
section II.B), and so are the names of the layers: c1, s2, c3, s4, c5, f6.
"""

from collections import OrderedDict
from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import checked_whole, refuse_unless_whole
from dlbook.fully_connected.layers import draw

SIDE = 32  # of an image with the zeros around it


# --8<-- [start:lenet]
class LeNet(nn.Module):
    """Two blocks find features, three dense layers decide.

    Args:
        activation: makes a layer that follows c1 and c3, and c5 and f6.
        pool: makes a pooling from the width of its window, 2.
        conv: makes a convolution from c_in, c_out, kernel and `padding=`.
        linear: makes a dense layer from d_in and d_out.
        dense_activation: makes what follows c5 and f6, if it is another.
        c_in: channels of an image.
        classes: how many scores.
        padding: zeros on each side; an image is 32 - 2 * padding wide.
        generator: where the starting weights come from, for any layers.

    >>> LeNet()(torch.zeros(5, 1, 28, 28)).shape
    torch.Size([5, 10])

    Raises:
        ValueError: for numbers, makers or images that do not fit.
    """

    def __init__(
        self,
        *, activation: Callable[[], nn.Module] = nn.ReLU,
        pool: Callable[[int], nn.Module] = nn.MaxPool2d,
        conv: Callable[..., nn.Module] = nn.Conv2d,
        linear: Callable[[int, int], nn.Module] = nn.Linear,
        dense_activation: Callable[[], nn.Module] | None = None,
        c_in: int = 1, classes: int = 10, padding: int = 2,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.shape = _checked_shape(c_in, classes, padding)
        dense_activation = dense_activation or activation
        _refuse_layers(activation, dense_activation, pool)
        self.features = nn.Sequential(OrderedDict(
            c1=conv(c_in, 6, 5, padding=padding), a1=activation(), s2=pool(2),
            c3=conv(6, 16, 5, padding=0), a3=activation(), s4=pool(2),
        ))
        self.classifier = nn.Sequential(OrderedDict(
            flatten=nn.Flatten(),
            c5=linear(16 * 5 * 5, 120), a5=dense_activation(),
            f6=linear(120, 84), a6=dense_activation(),
            output=linear(84, classes),
        ))
        _draw_all(self, generator)

    def forward(self, x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n k"]:
        refuse_other_images(x, self.shape)
        return self.classifier(self.features(x))
# --8<-- [end:lenet]


def _draw_all(model: nn.Module, generator: torch.Generator | None) -> None:
    """Weights and biases in ±1/sqrt(what one unit reads), as torch does."""
    for layer in model.modules() if generator else ():
        weight = getattr(layer, "weight", None)
        if torch.is_tensor(weight) and weight.ndim > 1:
            draw(layer, weight[0].numel(), generator)


def _checked_shape(c_in, classes, padding) -> tuple[int, int, int]:
    """Channels, rows and columns of an image."""
    refuse_unless_whole(1, c_in=c_in, classes=classes)
    side = SIDE - 2 * checked_whole("padding", padding, 0, 15)
    return c_in, side, side


def _refuse_layers(activation, dense_activation, pool) -> None:
    """Refuse what makes no layers, and a layer that is made already."""
    named = ("activation", activation), ("dense_activation", dense_activation)
    for name, make in (*named, ("pool", pool)):
        if isinstance(make, nn.Module) or not callable(make):
            raise ValueError(
                f"{name} must make layers, as the class nn.ReLU does,"
                f" got {make!r}"
            )


def refuse_other_images(x: Tensor, shape: tuple[int, int, int]) -> None:
    """Refuse what is no batch of images of this shape."""
    if tuple(x.shape[1:]) != shape:
        c, h, w = shape
        raise ValueError(
            f"x must be a batch of images of shape ({c}, {h}, {w}), so"
            f" (n, {c}, {h}, {w}), got {tuple(x.shape)}"
        )
