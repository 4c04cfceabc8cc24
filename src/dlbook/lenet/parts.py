"""The four parts of LeNet-5 that torch has no layers for.

    subsampling   y[c] = coefficient[c] * (sum of 2 x 2 pixels) + bias[c]
    sparse conv   a new map reads some of the old maps, by a table
    squash        f(a) = 1.7159 * tanh(2 a / 3)
    RBF output    y[i] = sum over j of (x[j] - code[i, j])²

LeCun, Bottou, Bengio and Haffner (1998), sections II.B and appendix A.
"""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from dlbook._checking import (
    IMAGES,
    checked_floating,
    checked_whole,
    refuse_unless_whole,
)

AMPLITUDE, SLOPE = 1.7159, 2 / 3


# --8<-- [start:squash]
def squash(a: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """A tanh, stretched so that it sends 1 to 1 and -1 to -1.

    >>> squash(torch.tensor([-1.0, 0.0, 1.0])).round(decimals=4)
    tensor([-1.,  0.,  1.])
    """
    return AMPLITUDE * torch.tanh(SLOPE * checked_floating("a", a))


class Squash(nn.Module):
    """`squash` as a layer."""

    def forward(self, a: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
        return squash(a)
# --8<-- [end:squash]


# --8<-- [start:subsampling]
class Subsampling(nn.Module):
    """Adds up 2 by 2 pixels; one coefficient and one bias for each map.

    Args:
        channels: how many maps.
        generator: where the starting values come from.

    Raises:
        ValueError: for another number of maps, or an odd side.
    """

    def __init__(
        self, channels: int, *, generator: torch.Generator | None = None
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, channels=channels)
        self.coefficient = _drawn((channels,), 4, generator)
        self.bias = _drawn((channels,), 4, generator)

    def forward(
        self, x: Float[Tensor, "n c h w"]
    ) -> Float[Tensor, "n c h_out w_out"]:
        _refuse_other_maps(x, len(self.bias), even=True)
        sums = functional.avg_pool2d(x, 2, divisor_override=1)
        coefficient, bias = (
            values[:, None, None] for values in (self.coefficient, self.bias)
        )
        return coefficient * sums + bias
# --8<-- [end:subsampling]


# --8<-- [start:sparse]
class SparseConv2d(nn.Module):
    """A convolution in which each new map reads only some of the old ones.

    Args:
        c_in: how many maps there are.
        reads: for each new map the numbers of those that it reads.
        kernel: how wide the kernels are.
        generator: where the starting values come from.

    Raises:
        ValueError: for a table without sense, and other maps than `c_in`.
    """

    new: Tensor
    old: Tensor

    def __init__(
        self, c_in: int, reads: Sequence[Sequence[int]], kernel: int,
        *, generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, c_in=c_in, kernel=kernel)
        self.c_in, self.reads = c_in, _checked_table(reads, c_in)
        pairs = [(new, old) for new, row in enumerate(reads) for old in row]
        new, old = torch.tensor(pairs).T
        self.register_buffer("new", new, persistent=False)
        self.register_buffer("old", old, persistent=False)
        numbers = [len(row) * kernel**2 for row in reads]  # each unit reads
        shape = (kernel, kernel)
        self.weight = nn.Parameter(torch.stack([
            _drawn(shape, numbers[one], generator) for one, _ in pairs
        ]).detach())
        self.bias = nn.Parameter(torch.stack([
            _drawn((), number, generator) for number in numbers
        ]).detach())

    def full(self) -> Float[Tensor, "c_out c_in kh kw"]:
        """The kernels of an ordinary convolution: zeros where none is."""
        shape = len(self.bias), self.c_in, *self.weight.shape[1:]
        zeros = self.weight.new_zeros(shape)
        return zeros.index_put((self.new, self.old), self.weight)

    def forward(
        self, x: Float[Tensor, "n c_in h w"]
    ) -> Float[Tensor, "n c_out h_out w_out"]:
        _refuse_other_maps(x, self.c_in)
        return functional.conv2d(x, self.full(), self.bias)
# --8<-- [end:sparse]


# --8<-- [start:rbf]
class RBF(nn.Module):
    """How far the numbers are from each of the codes: squared distances.

    The codes are fixed; training does not change them.

    Args:
        codes: one in each row.

    Raises:
        ValueError: for numbers that are not as many as those of a code.
    """

    codes: Tensor

    def __init__(self, codes: Float[Tensor, "k d"]) -> None:
        super().__init__()
        codes = checked_floating("codes", codes, "classes, numbers")
        self.register_buffer("codes", codes)

    def forward(self, x: Float[Tensor, "n d"]) -> Float[Tensor, "n k"]:
        if x.shape[-1] != self.codes.shape[1]:
            raise ValueError(
                f"x must hold {self.codes.shape[1]} numbers in each row, as"
                f" many as a code, got shape {tuple(x.shape)}"
            )
        return (x[:, None] - self.codes).square().sum(-1)
# --8<-- [end:rbf]


def _drawn(
    shape: tuple[int, ...], reads: int, generator: torch.Generator | None
) -> nn.Parameter:
    """Uniform in ±2.4 / what one unit reads, as in 1998."""
    values = torch.empty(shape)
    values.uniform_(-2.4 / reads, 2.4 / reads, generator=generator)
    return nn.Parameter(values)


def _checked_table(reads, c_in) -> tuple[tuple[int, ...], ...]:
    rows = tuple(tuple(row) for row in reads)
    for row in rows:
        for old in row:
            checked_whole("each number of reads", old, 0, c_in - 1)
        if not row or len(set(row)) < len(row):
            raise ValueError(
                "each new map must read at least one map, and none twice,"
                f" got {row}"
            )
    if not rows:
        raise ValueError("reads must have a row for each new map, got none")
    return rows


def _refuse_other_maps(x, c, *, even: bool = False) -> None:
    checked_floating("x", x, IMAGES)
    if x.shape[1] != c:
        raise ValueError(
            f"x must have {c} channels, got {x.shape[1]}:"
            f" shape {tuple(x.shape)}"
        )
    if even and (x.shape[2] % 2 or x.shape[3] % 2):
        raise ValueError(
            "x must have even numbers of rows and columns, for windows of"
            f" 2 by 2, got {tuple(x.shape[2:])}"
        )
