"""Positional encoding: telling a network where each word stands.

    PE[p, 2i]     = sin(p * w_i)        w_i = base ** (-2i / d_model)
    PE[p, 2i + 1] = cos(p * w_i)

`p` is the position, `i` counts pairs of columns, both from 0. Beside it stand
three other ways: a learned table, rotary encoding (RoPE) and ALiBi. Sources:
Vaswani et al. (2017), section 3.5, https://arxiv.org/abs/1706.03762; Su et al.
(2021), https://arxiv.org/abs/2104.09864; Press et al. (2021),
https://arxiv.org/abs/2108.12409.
"""

import math

import torch
from jaxtyping import Float, Float64, Shaped
from torch import Tensor, nn

from dlbook._checking import (
    ROWS,
    checked_floating,
    checked_number,
    refuse_other_count,
    refuse_other_device,
    refuse_unless_whole,
)


# --8<-- [start:frequencies]
def frequencies(
    d_model: int, *, base: float | int = 10000.0,
) -> Float64[Tensor, " pairs"]:
    """How fast each pair turns, in radians per position: 1, and then less.

    >>> frequencies(4).tolist()
    [1.0, 0.01]

    Raises:
        ValueError: for a `d_model` or a `base` without sense.
    """
    refuse_unless_whole(1, d_model=d_model)
    base = checked_number("base", base, above=0)
    twice_i = torch.arange(0, d_model, 2, dtype=torch.float64)
    return base ** (-twice_i / d_model)
# --8<-- [end:frequencies]


# --8<-- [start:sinusoids]
def sinusoids(
    positions: Shaped[Tensor, "*n"], d_model: int,
    *, base: float | int = 10000.0, dtype: torch.dtype | None = None,
) -> Float[Tensor, "*n d_model"]:
    """The code of any positions: far, fractional or negative ones too.

    The angle is computed in double precision, on the CPU, and rounded only
    after sine and cosine are taken. If `d_model` is odd, the last sine stands
    without its cosine.
    """
    _refuse_no_numbers(positions)
    dtype = _checked_dtype(dtype)
    w = frequencies(d_model, base=base)
    angles = positions.detach().to("cpu", torch.float64)[..., None] * w
    code = torch.stack([angles.sin(), angles.cos()], -1).flatten(-2)
    return code[..., :d_model].to(positions.device, dtype)
# --8<-- [end:sinusoids]


# --8<-- [start:positional_encoding]
def positional_encoding(
    length: int, d_model: int,
    *, base: float | int = 10000.0, dtype: torch.dtype | None = None,
    device: torch.device | str | None = None,
) -> Float[Tensor, "length d_model"]:
    """The sines and cosines of Vaswani et al. (2017), one row per position.

    >>> positional_encoding(3, 4)[0]  # position 0: sin 0, cos 0, twice
    tensor([0., 1., 0., 1.])

    Args:
        length: how many positions, from 0.
        d_model: how many columns; odd is allowed.
        base: the longest wave is nearly `base` times the first.
        dtype: of the result; by default that of new tensors.
        device: of the result; by default the CPU.

    Raises:
        ValueError: for numbers without sense, and for an integer `dtype`.
    """
    refuse_unless_whole(0, length=length)
    positions = torch.arange(length)
    code = sinusoids(positions, d_model, base=base, dtype=dtype)
    return code.to(device or "cpu")
# --8<-- [end:positional_encoding]


# --8<-- [start:shift_matrix]
def shift_matrix(
    offset: float | int, d_model: int, *, base: float | int = 10000.0,
) -> Float64[Tensor, "d_model d_model"]:
    """The matrix R with R @ PE[p] = PE[p + offset], the same for every p.

    Raises:
        ValueError: if `d_model` is odd, for then the last sine has no cosine
            to turn with.
    """
    _refuse_odd(d_model)
    angles = offset * frequencies(d_model, base=base)
    sin, cos = angles.sin(), angles.cos()
    rows = torch.stack([cos, sin], -1), torch.stack([-sin, cos], -1)
    return torch.block_diag(*torch.stack(rows, -2))  # a 2x2 block per pair
# --8<-- [end:shift_matrix]


# --8<-- [start:learned]
class LearnedPositions(nn.Module):
    """A table with one row of weights per position, added to the input."""

    def __init__(
        self, max_length: int, d_model: int,
        *, generator: torch.Generator | None = None,
    ):
        super().__init__()
        refuse_unless_whole(1, max_length=max_length, d_model=d_model)
        start = torch.randn(max_length, d_model, generator=generator)
        self.weight = nn.Parameter(0.02 * start)

    def forward(
        self, x: Float[Tensor, "*n length d_model"],
    ) -> Float[Tensor, "*n length d_model"]:
        _refuse_misfits(x, self.weight)
        return x + self.weight[: x.shape[-2]]
# --8<-- [end:learned]


# --8<-- [start:rope]
def rope(
    x: Float[Tensor, "*n length d"],
    positions: Shaped[Tensor, " length"] | None = None,
    *, base: float | int = 10000.0,
) -> Float[Tensor, "*n length d"]:
    """Turn pair i of the row at position p by the angle p * w_i (RoPE).

    For queries and keys, before their scores. Half precision is computed in
    single and rounded at the end.

    Args:
        x: queries or keys; the columns 2i and 2i + 1 are a pair.
        positions: where the rows stand; by default 0, 1, 2, …
        base: as in `positional_encoding`.

    Raises:
        ValueError: for an odd d, or as many positions as there are no rows.
    """
    checked_floating("x", x, ROWS)
    length, d = x.shape[-2:]
    _refuse_odd(d)
    if positions is None:
        positions = torch.arange(length, device=x.device)
    refuse_other_count("positions", positions, length, "row of x")
    wide = torch.promote_types(x.dtype, torch.float32)
    code = sinusoids(positions, d, base=base, dtype=wide).to(x.device)
    sin, cos = code[:, 0::2], code[:, 1::2]
    a, b = x[..., 0::2], x[..., 1::2]
    turned = torch.stack([a * cos - b * sin, a * sin + b * cos], -1)
    return turned.flatten(-2).to(x.dtype)
# --8<-- [end:rope]


# --8<-- [start:alibi]
def alibi_slopes(heads: int) -> Float64[Tensor, " heads"]:
    """A slope per head: 2**(-8/heads), and each next one that much smaller.

    >>> alibi_slopes(4).tolist()
    [0.25, 0.0625, 0.015625, 0.00390625]
    """
    refuse_unless_whole(1, heads=heads)
    h = torch.arange(1, heads + 1, dtype=torch.float64)
    return 2 ** (-8 * h / heads)


def alibi(
    length: int, heads: int,
    *, dtype: torch.dtype | None = None,
    device: torch.device | str | None = None,
) -> Float[Tensor, "heads length length"]:
    """What ALiBi adds to the scores: minus slope * distance; no later word.

    Rows are queries, columns keys. Ready as the `attn_mask` of
    `torch.nn.functional.scaled_dot_product_attention`.
    """
    refuse_unless_whole(0, length=length)
    p = torch.arange(length, dtype=torch.float64)
    distance = p[:, None] - p
    bias = -alibi_slopes(heads)[:, None, None] * distance
    bias = bias.masked_fill(distance < 0, -math.inf)
    return bias.to(device or "cpu", _checked_dtype(dtype))
# --8<-- [end:alibi]


def _refuse_misfits(x, table) -> None:
    checked_floating("x", x, ROWS)
    (length, d), (most, d_model) = x.shape[-2:], table.shape
    if d != d_model:
        raise ValueError(f"x has {d} columns, the table {d_model}")
    if length > most:
        raise ValueError(
            f"x has {length} positions, the table knows only {most}"
        )
    refuse_other_device(**{"the table": table, "x": x})


def _refuse_no_numbers(positions) -> None:
    if positions.dtype == torch.bool or positions.is_complex():
        raise ValueError(f"positions must be numbers, got {positions.dtype}")


def _refuse_odd(d) -> None:
    refuse_unless_whole(1, d_model=d)
    if d % 2:
        raise ValueError(f"pairs need an even number of columns, got {d}")


def _checked_dtype(dtype) -> torch.dtype:
    """One with a fractional part; by default torch's own."""
    dtype = dtype or torch.get_default_dtype()
    if not dtype.is_floating_point:
        raise ValueError(f"dtype must be a floating-point type, got {dtype}")
    return dtype
