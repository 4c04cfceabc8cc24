"""Normalisation: numbers less their mean, divided by how far they spread.

    y = (x - mean) / sqrt(var + eps)

Mean and variance are taken over some of the axes of x, and which these are
is all in which the kinds differ. With images, channels, rows and columns:

    batch norm     0, 2, 3    Ioffe and Szegedy (2015)
    layer norm     1, 2, 3    Ba, Kiros and Hinton (2016)
    instance norm  2, 3       Ulyanov, Vedaldi and Lempitsky (2016)
    group norm     2, 3 and the channels of a group    Wu and He (2018)

RMS norm, Zhang and Sennrich (2019), has the axes of layer norm and subtracts
no mean. The variance is the biased one: divided by how many numbers there are.
"""

from collections.abc import Iterable

from jaxtyping import Float
from torch import Tensor

from dlbook._checking import (
    Number,
    checked_floating,
    checked_number,
    checked_whole,
    refuse_unlike,
    widened,
)


# --8<-- [start:normalized]
def normalized(
    x: Float[Tensor, "*shape"], axes: Iterable[int],
    *, eps: Number = 1e-5, centred: bool = True,
) -> Float[Tensor, "*shape"]:
    """Numbers that share axes get mean 0 and variance 1, nearly.

    Args:
        x: the numbers. Half precision is squared and summed in single.
        axes: those over which mean and variance are taken, one at least.
        eps: what the variance is added to, so that no one divides by 0.
        centred: whether the mean is subtracted; without, it is RMS norm.

    Raises:
        ValueError: for axes that x does not have, and eps below 0.
    """
    axes = _checked(x, axes, eps)
    a = widened(x)
    if centred:
        a = a - a.mean(axes, keepdim=True)
    spread = a.square().mean(axes, keepdim=True)
    return (a / (spread + eps).sqrt()).to(x.dtype)
# --8<-- [end:normalized]


# --8<-- [start:gradient]
def normalized_gradient(
    grad_y: Float[Tensor, "*shape"], x: Float[Tensor, "*shape"],
    axes: Iterable[int], *, eps: Number = 1e-5, centred: bool = True,
) -> Float[Tensor, "*shape"]:
    """dL/dx of `normalized`, by hand, from dL/dy."""
    refuse_unlike(x=x, grad_y=grad_y)
    axes = _checked(x, axes, eps)
    a, g = widened(x), widened(grad_y)
    if centred:
        a = a - a.mean(axes, keepdim=True)
        g = g - g.mean(axes, keepdim=True)
    scale = (a.square().mean(axes, keepdim=True) + eps).sqrt()
    y = a / scale
    along = (g * y).mean(axes, keepdim=True)
    return ((g - y * along) / scale).to(x.dtype)
# --8<-- [end:gradient]


def _checked(x, axes, eps) -> tuple[int, ...]:
    """The axes, counted from the front."""
    checked_floating("x", x)
    checked_number("eps", eps, least=0)
    met = tuple(axes) if isinstance(axes, Iterable) else (axes,)
    found = {checked_whole("each of axes", a, -x.ndim, x.ndim - 1) % x.ndim
             for a in met}
    if not found or len(found) < len(met):
        raise ValueError(
            f"axes must name one at least, and none twice, got {met}"
        )
    return tuple(sorted(found))
