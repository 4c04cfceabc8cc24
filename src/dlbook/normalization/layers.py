"""The kinds of normalisation as layers; a `state_dict` of torch's fits.

Each may have a weight and a bias, the scale γ and the shift β of the papers.
They stand for a channel each in batch, group and instance norm, and for a
place of the normalised shape in layer and RMS norm.
"""

import math
from collections.abc import Iterable
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import (
    Number,
    checked_floating,
    checked_number,
    checked_sizes,
    checked_whole,
    widened,
)
from dlbook.normalization.functions import normalized


class _Norm(nn.Module):
    """A weight and a bias of one shape, or neither."""

    eps: Any  # a number; None in RMS norm
    weight: nn.Parameter | None
    bias: nn.Parameter | None

    def __init__(
        self, shape: tuple[int, ...], eps: Number, affine: bool,
        bias: bool = True,
    ) -> None:
        super().__init__()
        self.eps = checked_number("eps", eps, least=0)
        scale, shift = torch.ones(shape), torch.zeros(shape)
        has = {"weight": (affine, scale), "bias": (affine and bias, shift)}
        for name, (there, start) in has.items():
            made = nn.Parameter(start) if there else None
            self.register_parameter(name, made)

    def _finished(self, y: Tensor, x: Tensor, channels: bool) -> Tensor:
        """Scaled, shifted, and of the type of x."""
        for name, value in (("weight", self.weight), ("bias", self.bias)):
            if value is None:
                continue
            if value.dtype not in (x.dtype, y.dtype):
                raise ValueError(
                    f"{name} is {value.dtype}, x is {x.dtype}"
                )
            each = _along(value, y) if channels else value
            y = y * each if name == "weight" else y + each
        return y.to(x.dtype)


# --8<-- [start:batch]
class BatchNorm(_Norm):
    """Each channel by itself, over all examples and places of the batch.

    The running averages are new = (1 - momentum) * old + momentum * batch,
    with the unbiased variance of the batch; an empty batch leaves them alone.

    Args:
        channels: how many there are along the second axis.
        eps: what the variance is added to.
        momentum: how much a batch counts; None takes the mean of all batches.
        affine: whether there are a weight and a bias.
        track_running_stats: whether averages are kept, which are used in
            testing; without, batches are normalised by themselves there too.
        bias: whether there is a bias.

    Raises:
        ValueError: in training for one number in a channel, and for inputs
            of other channels.
    """

    running_mean: Any  # a tensor, or None without averages
    running_var: Any
    num_batches_tracked: Any

    def __init__(
        self, channels: int, eps: Number = 1e-5,
        momentum: Number | None = 0.1, affine: bool = True,
        track_running_stats: bool = True, *, bias: bool = True,
    ) -> None:
        self.channels = checked_whole("channels", channels, 1)
        super().__init__((channels,), eps, affine, bias)
        if momentum is not None:
            checked_number("momentum", momentum, least=0, most=1)
        self.momentum = momentum
        start = torch.zeros(channels), torch.ones(channels), torch.tensor(0)
        names = "running_mean", "running_var", "num_batches_tracked"
        for name, value in zip(names, start, strict=True):
            self.register_buffer(name, value if track_running_stats else None)

    # --8<-- [start:batch_forward]
    def forward(
        self, x: Float[Tensor, "n c *places"]
    ) -> Float[Tensor, "n c *places"]:
        _refuse_misfits(x, self.channels)
        wide, axes = widened(x), (0, *range(2, x.ndim))
        if self.running_mean is None or self.training:
            _refuse_one(x, x.numel() // self.channels)
            y = normalized(wide, axes, eps=self.eps)
            self._track(wide, axes)
        else:
            mean, var = map(widened, (self.running_mean, self.running_var))
            y = (wide - _along(mean, x)) / (_along(var, x) + self.eps).sqrt()
        return self._finished(y, x, channels=True)

    @torch.no_grad()
    def _track(self, x, axes) -> None:
        if self.running_mean is None or x.numel() == 0:
            return
        var, mean = torch.var_mean(x, axes)  # this variance is the unbiased
        self.num_batches_tracked += 1
        m: Any = self.momentum
        if m is None:
            m = 1 / self.num_batches_tracked.to(x.dtype)
        for average, new in (self.running_mean, mean), (self.running_var, var):
            average.copy_((1 - m) * widened(average) + m * new)
    # --8<-- [end:batch_forward]
# --8<-- [end:batch]

    def extra_repr(self) -> str:
        return (
            f"{self.channels}, eps={self.eps}, momentum={self.momentum},"
            f" affine={self.weight is not None},"
            f" track_running_stats={self.running_mean is not None}"
        )


# --8<-- [start:layer]
class LayerNorm(_Norm):
    """Each example by itself, over its last axes.

    Args:
        shape: of these axes; one number is the size of the last axis. For
            maps it is (channels, rows, columns), in a Transformer the width.
        eps: what the variance is added to.
        elementwise_affine: whether there are a weight and a bias.
        bias: whether there is a bias.

    Raises:
        ValueError: for inputs whose last axes have other sizes.
    """

    centred = True

    def __init__(
        self, shape: int | Iterable[int], eps: Number = 1e-5,
        elementwise_affine: bool = True, *, bias: bool = True,
    ) -> None:
        self.shape = checked_sizes("shape", shape)
        super().__init__(self.shape, eps, elementwise_affine, bias)

    def forward(self, x: Float[Tensor, "*shape"]) -> Float[Tensor, "*shape"]:
        _refuse_other_end(x, self.shape)
        wide, axes = widened(x), range(-len(self.shape), 0)
        y = normalized(wide, axes, eps=self._added(wide), centred=self.centred)
        return self._finished(y, x, channels=False)

    def _added(self, x: Float[Tensor, "*shape"]) -> float:
        """What is added to the variance of these numbers."""
        return self.eps
# --8<-- [end:layer]

    def extra_repr(self) -> str:
        affine = self.weight is not None
        return f"{self.shape}, eps={self.eps}, elementwise_affine={affine}"


# --8<-- [start:rms]
class RMSNorm(LayerNorm):
    """Layer norm without the mean, and without a bias.

    Args:
        shape: of the last axes.
        eps: what the mean of the squares is added to; None, as in torch, is
            the distance from 1 to the next number of the type that computes.
        elementwise_affine: whether there is a weight.

    Raises:
        ValueError: for inputs whose last axes have other sizes.
    """

    centred = False

    def __init__(
        self, shape: int | Iterable[int], eps: Number | None = None,
        elementwise_affine: bool = True,
    ) -> None:
        known = 0 if eps is None else eps
        super().__init__(shape, known, elementwise_affine, bias=False)
        if eps is None:
            self.eps = None

    def _added(self, x: Float[Tensor, "*shape"]) -> float:
        return torch.finfo(x.dtype).eps if self.eps is None else self.eps
# --8<-- [end:rms]


# --8<-- [start:group]
class GroupNorm(_Norm):
    """Each example by itself, over the places of a group of channels.

    One group is layer norm over channels and places, as many groups as
    channels are instance norm.

    Args:
        groups: how many; it divides the channels.
        channels: how many there are along the second axis.
        eps: what the variance is added to.
        affine: whether there are a weight and a bias.
        bias: whether there is a bias.

    Raises:
        ValueError: for groups that do not divide the channels, and inputs
            of other channels.
    """

    def __init__(
        self, groups: int, channels: int, eps: Number = 1e-5,
        affine: bool = True, *, bias: bool = True,
    ) -> None:
        self.channels = checked_whole("channels", channels, 1)
        self.groups = checked_whole("groups", groups, 1)
        if channels % groups:
            raise ValueError(
                f"groups must divide the {channels} channels, got {groups}"
            )
        super().__init__((channels,), eps, affine, bias)

    def forward(
        self, x: Float[Tensor, "n c *places"]
    ) -> Float[Tensor, "n c *places"]:
        _refuse_misfits(x, self.channels)
        each = self.channels // self.groups
        grouped = widened(x).unflatten(1, (self.groups, each))
        y = normalized(grouped, range(2, grouped.ndim), eps=self.eps)
        return self._finished(y.flatten(1, 2), x, channels=True)
# --8<-- [end:group]

    def extra_repr(self) -> str:
        return (
            f"{self.groups}, {self.channels}, eps={self.eps},"
            f" affine={self.weight is not None}"
        )


# --8<-- [start:instance]
class InstanceNorm(GroupNorm):
    """Each channel of each example by itself, over its places.

    Args:
        channels: how many there are along the second axis.
        eps: what the variance is added to.
        affine: whether there are a weight and a bias; as in torch, not by
            itself.

    Raises:
        ValueError: for one place alone, and inputs of other channels.
    """

    def __init__(
        self, channels: int, eps: Number = 1e-5, affine: bool = False
    ) -> None:
        super().__init__(channels, channels, eps, affine)

    def forward(
        self, x: Float[Tensor, "n c *places"]
    ) -> Float[Tensor, "n c *places"]:
        _refuse_misfits(x, self.channels)
        _refuse_one(x, math.prod(x.shape[2:]))
        return super().forward(x)
# --8<-- [end:instance]

    def extra_repr(self) -> str:
        return (
            f"{self.channels}, eps={self.eps},"
            f" affine={self.weight is not None}"
        )


def _along(values: Tensor, x: Tensor) -> Tensor:
    """One number for each channel, against numbers with more axes."""
    return values.reshape(-1, *[1] * (x.ndim - 2))


def _refuse_misfits(x: Any, channels: int) -> None:
    checked_floating("x", x, "examples, channels, …")
    if x.shape[1] != channels:
        raise ValueError(
            f"x must have {channels} channels along its second axis,"
            f" got {x.shape[1]}: shape {tuple(x.shape)}"
        )


def _refuse_one(x: Tensor, count: int) -> None:
    """One number less its own mean is 0, whatever it was."""
    if count == 1:
        raise ValueError(
            "x must hold at least two numbers that share a mean,"
            f" got one: shape {tuple(x.shape)}"
        )


def _refuse_other_end(x: Any, shape: tuple[int, ...]) -> None:
    checked_floating("x", x)
    met = tuple(x.shape)
    if met[-len(shape):] != shape:
        raise ValueError(
            f"x must end in the axes {shape}, got shape {met}"
        )
