"""Dropout: in training random units give 0, and those kept give more.

    h~ = m / (1 - p) * h         m is 1 with probability 1 - p, else 0
    mean of h~     = h
    variance of h~ = p / (1 - p) * h²

Every example has a mask m of its own, drawn anew in every pass. In testing
nothing is drawn: h~ = h. The idea is that of Hinton et al. (2012) and of
Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov (2014), "Dropout:
a simple way to prevent neural networks from overfitting", section 4; scaling
in training instead of testing is their section 10. Whole maps: Tompson et al.
(2015), "Efficient object localization using convolutional networks".
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.modules.dropout import _DropoutNd

from dlbook._checking import (
    Number,
    checked_floating,
    checked_number,
    checked_whole,
    refuse_other_kind,
    refuse_unlike,
)


# --8<-- [start:draw_mask]
def draw_mask(
    shape: Iterable[int], p: Number, generator: torch.Generator | None = None,
    *, dtype: torch.dtype = torch.float32,
) -> Float[Tensor, "*shape"]:
    """A mask: 0 with probability p, else 1, each number by itself.

    Args:
        shape: of the mask.
        p: the probability of 0; with 0 and with 1 nothing is drawn.
        generator: of the CPU; without one torch's own is used.
        dtype: of the mask. The draws are the same for all.

    >>> draw_mask((2, 3), 1)
    tensor([[0., 0., 0.],
            [0., 0., 0.]])

    Raises:
        ValueError: for a p that is no number from 0 to 1.
    """
    p, mask = checked_probability(p), torch.ones(tuple(shape), dtype=dtype)
    if p in (0, 1):
        return mask * (1 - p)
    return mask.bernoulli_(1 - p, generator=generator)
# --8<-- [end:draw_mask]


# --8<-- [start:apply_mask]
def apply_mask(
    h: Float[Tensor, "*n"], mask: Float[Tensor, "*m"], p: Number
) -> Float[Tensor, "*n"]:
    """Give m / (1 - p) * h: 0 for what is dropped, more for what is kept.

    The same gives the gradient: what was dropped gets none.

    Args:
        h: what the units give, or the gradient by what was given on.
        mask: of 0 and 1. It has the axes of h; where it has size 1 and h
            more, one number stands for all.
        p: with which the mask was drawn; with 1 it must hold zeros only.

    >>> apply_mask(torch.tensor([3.0, 5.0]), torch.tensor([0.0, 1.0]), 0.5)
    tensor([ 0., 10.])

    Raises:
        ValueError: for a p outside 0 to 1, another mask, or one whose type
            or device is not that of h.
    """
    p = checked_probability(p)
    refuse_other_kind(h=h, mask=mask)
    _refuse_other_mask(h, mask, p)
    return h * _factors(mask, p)
# --8<-- [end:apply_mask]


# --8<-- [start:dropout]
def dropout(
    x: Float[Tensor, "*n"], p: Number = 0.5,
    generator: torch.Generator | None = None, *, inplace: bool = False,
) -> Float[Tensor, "*n"]:
    """Put random numbers to 0, each with probability p; scale the others.

    It always drops: a layer knows when not to. With p = 0 it gives x itself.
    What is dropped is multiplied by 0, so NaN and infinity become NaN.

    Args:
        x: a mask of its shape is drawn, in the order of the axes, however x
            lies in memory.
        p: the probability to be dropped.
        generator: of the CPU, also for an x elsewhere.
        inplace: whether x itself is changed.

    Raises:
        ValueError: for a p outside 0 to 1, or an x that holds no
            floating-point numbers.
    """
    checked_floating("x", x)
    return _dropped(x, x.shape, p, generator, inplace)
# --8<-- [end:dropout]


# --8<-- [start:dropped]
def _dropped(x, shape, p, generator, inplace) -> Tensor:
    """Multiply x with a new mask of this shape, scaled."""
    if checked_probability(p) == 0:
        return x
    mask = draw_mask(shape, p, generator, dtype=x.dtype)
    factors = _factors(mask, p).to(x.device)
    return x.mul_(factors) if inplace else x * factors
# --8<-- [end:dropped]


# --8<-- [start:dropout2d]
def dropout2d(
    x: Float[Tensor, "n c h w"], p: Number = 0.5,
    generator: torch.Generator | None = None, *, inplace: bool = False,
) -> Float[Tensor, "n c h w"]:
    """Put whole maps to 0: one number is drawn for each image and channel.

    Args:
        x: maps of some images; never those of one image without its axis.
        p: the probability of a map to be dropped.
        generator: of the CPU.
        inplace: whether x itself is changed.

    Raises:
        ValueError: as `dropout`, and for other than four axes.
    """
    checked_floating("x", x, "images, channels, rows, columns")
    return _dropped(x, (*x.shape[:2], 1, 1), p, generator, inplace)
# --8<-- [end:dropout2d]


# --8<-- [start:gradient]
def dropout_gradient(
    grad_y: Float[Tensor, "*n"], mask: Float[Tensor, "*m"], p: Number
) -> Float[Tensor, "*n"]:
    """dL/dx of `dropout`, by hand, from dL/dy and the mask of this pass.

    Args:
        grad_y: the gradient by what dropout gave.
        mask: the one that was drawn in the forward pass; a new one would
            give blame to units that said nothing.
        p: as in the forward pass.

    Raises:
        ValueError: as `apply_mask`.
    """
    return apply_mask(grad_y, mask, p)
# --8<-- [end:gradient]


# --8<-- [start:layer]
class Dropout(nn.Module):
    """`dropout` as a layer, without weights; in evaluation x comes back.

    Args:
        p: the probability to be dropped.
        inplace: whether the input itself is changed.
        generator: of the CPU; no part of the `state_dict`.

    Raises:
        ValueError: for a p outside 0 to 1.
    """

    def __init__(
        self, p: Number = 0.5, inplace: bool = False,
        *, generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.p, self.inplace = checked_probability(p), inplace
        self.generator = generator

    def forward(self, x: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
        if not self.training:
            return x
        return self.drop(x, self.p, self.generator, inplace=self.inplace)

    drop = staticmethod(dropout)
# --8<-- [end:layer]

    def extra_repr(self) -> str:
        return f"p={self.p:g}"


class Dropout2d(Dropout):
    """`dropout2d` as a layer: drops whole maps.

    Args:
        p: the probability of a map to be dropped.
        inplace: whether the input itself is changed.
        generator: of the CPU; no part of the `state_dict`.

    Raises:
        ValueError: for a p outside 0 to 1, and later for other than four
            axes.
    """

    drop = staticmethod(dropout2d)


# --8<-- [start:spread]
class Spread(NamedTuple):
    """What a number is on average over the masks, and how it varies.

    Attributes:
        mean: over all masks.
        variance: the mean of the squared distance from it.
    """

    mean: Tensor
    variance: Tensor


def spread(
    h: Float[Tensor, "*n units"], w: Float[Tensor, "*n units"], p: Number
) -> Spread:
    """Of the sum of w * h~, over all masks for the h.

    Args:
        h: what the units give before dropout.
        w: the weights with which they are added up.
        p: the probability to be dropped, below 1.

    >>> spread(torch.tensor([3.0, 4.0]), torch.tensor([1.0, 1.0]), 0.5)
    Spread(mean=tensor(7.), variance=tensor(25.))

    Raises:
        ValueError: for a p outside 0 to 1 or of 1, and for h and w that do
            not fit together.
    """
    p = checked_number("p", p, least=0, below=1)
    refuse_unlike(h=h, w=w)
    products = w * h
    return Spread(products.sum(-1), p / (1 - p) * products.square().sum(-1))
# --8<-- [end:spread]


# --8<-- [start:samples]
@contextmanager
def dropping(model: nn.Module) -> Iterator[None]:
    """Within it the dropout layers drop, and no other layer is in training.

    Afterwards each layer is in the mode in which it was. What drops without
    a layer of its own, as torch's `MultiheadAttention` does, does not.

    Raises:
        ValueError: if the model has no dropout layer.
    """
    before = {layer: layer.training for layer in model.modules()}
    drops = [each for each in before if isinstance(each, _LAYERS)]
    if not drops:
        raise ValueError(
            "the model must have a dropout layer, got none in"
            f" {type(model).__name__}"
        )
    try:
        for layer in before:
            layer.training = layer in drops
        yield
    finally:
        for layer, mode in before.items():
            layer.training = mode


@torch.no_grad()
def samples(
    model: nn.Module, x: Float[Tensor, "n *d"], passes: int
) -> Float[Tensor, "passes n *e"]:
    """What a model says in so many passes, each with new masks.

    Args:
        model: with dropout layers; no other layer is put in training.
        x: the examples.
        passes: how often all of them go through.

    Raises:
        ValueError: for no pass, and a model without dropout.
    """
    checked_whole("passes", passes, 1)
    with dropping(model):
        return torch.stack([model(x) for _ in range(passes)])
# --8<-- [end:samples]


_LAYERS = (Dropout, _DropoutNd)  # ours and torch's


def checked_probability(p: object) -> float:
    """The probability of 0, if it is a number from 0 to 1."""
    return checked_number("p", p, least=0, most=1)


def _factors(mask: Tensor, p: Number) -> Tensor:
    """What is multiplied with; a mask of p = 1 holds no 1 to be scaled."""
    return mask if p == 1 else mask / (1 - p)


def _refuse_other_mask(h, mask, p) -> None:
    """Refuse a mask that does not fit h, or holds other than 0 and 1."""
    pairs = list(zip(mask.shape, h.shape, strict=False))
    if mask.ndim != h.ndim or any(m not in (1, n) for m, n in pairs):
        raise ValueError(
            f"mask must have the shape of h, {tuple(h.shape)}, or 1 in its"
            f" place, got {tuple(mask.shape)}"
        )
    right = (mask == 0) | ((mask == 1) & (p < 1))
    for wrong in mask[~right].flatten()[:1].tolist():
        allowed = "0 and 1" if p < 1 else "0 only, for p is 1"
        raise ValueError(f"mask must hold {allowed}, got {wrong}")
