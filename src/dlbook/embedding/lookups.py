"""Embedding: each id gets a row of weights, to be learned.

    one_hot(ids) @ weight  ==  weight[ids]

Left the product, right the look-up: the same numbers, and the same gradient.
`weight` has a row for each token and a column for each feature, as
`torch.nn.Embedding` keeps it. Training word vectors on a text stands in
`dlbook.embedding.vectors`.
"""

import torch
from jaxtyping import Float, Integer
from torch import Tensor, nn

from dlbook._checking import (
    checked_floating,
    checked_whole,
    checked_wide,
    refuse_ids,
    refuse_other_device,
    refuse_other_kind,
    refuse_unless_whole,
    widened,
)
from dlbook.vocabulary.words import one_hot


# --8<-- [start:lookup]
def lookup(
    weight: Float[Tensor, "rows d"], ids: Integer[Tensor, "*n"],
) -> Float[Tensor, "*n d"]:
    """Row `id` of the matrix, for each id.

    Raises:
        ValueError: for ids that are no integers, have no row, or lie on
            another device than the weight.
    """
    _refuse_misfits(weight, ids)
    return weight[ids.long()]
# --8<-- [end:lookup]


# --8<-- [start:embed_one_hot]
def embed_one_hot(
    weight: Float[Tensor, "rows d"], ids: Integer[Tensor, "*n"],
) -> Float[Tensor, "*n d"]:
    """The same as a matrix product, with all its zeros."""
    _refuse_misfits(weight, ids)
    return one_hot(ids, len(weight), dtype=weight.dtype) @ weight
# --8<-- [end:embed_one_hot]


# --8<-- [start:lookup_gradient]
def lookup_gradient(
    grad_y: Float[Tensor, "*n d"], ids: Integer[Tensor, "*n"], rows: int,
) -> Float[Tensor, "rows d"]:
    """dL/dweight, by hand, from dL/dy: each row sums what its uses got.

    Half precision is summed up in single and rounded at the end.
    """
    refuse_unless_whole(1, rows=rows)
    refuse_ids(ids, rows)
    _refuse_other_rows(grad_y, ids)
    g = checked_wide("grad_y", grad_y).reshape(-1, grad_y.shape[-1])
    grad = g.new_zeros(rows, grad_y.shape[-1])
    return grad.index_add_(0, ids.flatten().long(), g).to(grad_y.dtype)
# --8<-- [end:lookup_gradient]


# --8<-- [start:layer]
class Embedding(nn.Module):
    """A learned row for each id; its state fits `torch.nn.Embedding`.

    Args:
        rows: how many ids there are, from 0.
        d: how many numbers each of them gets.
        padding_idx: the id whose row starts at zero and is never trained.
        generator: of the other rows, drawn from N(0, 1) as torch's.
    """

    def __init__(
        self, rows: int, d: int,
        *, padding_idx: int | None = None,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, rows=rows, d=d)
        self.weight = nn.Parameter(torch.randn(rows, d, generator=generator))
        self.padding_idx = padding_idx
        if padding_idx is not None:
            checked_whole("padding_idx", padding_idx, 0, rows - 1)
            self.weight.data[padding_idx] = 0

    def forward(self, ids: Integer[Tensor, "*n"]) -> Float[Tensor, "*n d"]:
        y = lookup(self.weight, ids)
        if self.padding_idx is None:
            return y
        filler = (ids == self.padding_idx)[..., None]
        return torch.where(filler, y.detach(), y)  # no gradient for filler

    def extra_repr(self) -> str:
        rows, d = self.weight.shape
        filler = f", padding_idx={self.padding_idx}"
        return f"{rows}, {d}" + (self.padding_idx is not None) * filler
# --8<-- [end:layer]


# --8<-- [start:cosine]
def cosine_similarity(
    x: Float[Tensor, "n d"], y: Float[Tensor, "m d"], *, eps: float = 1e-8,
) -> Float[Tensor, "n m"]:
    """The cosine of the angle between each row of x and each row of y.

    A row of zeros has no angle; it gets 0. Half precision is computed in
    single and rounded at the end.

    >>> x = torch.tensor([[3.0, 4], [0, 2]])
    >>> cosine_similarity(x, x)
    tensor([[1.0000, 0.8000],
            [0.8000, 1.0000]])
    """
    _refuse_other_lengths(x, y)
    a, b = widened(x), widened(y)
    a = a / a.norm(dim=1, keepdim=True).clamp(min=eps)
    b = b / b.norm(dim=1, keepdim=True).clamp(min=eps)
    return (a @ b.T).to(x.dtype)


def nearest(
    weight: Float[Tensor, "rows d"], row: int, k: int = 5,
    *, first: int = 0,
) -> list[int]:
    """The k other rows that point most nearly the same way, nearest first.

    Rows before `first` are left out: special tokens, say.
    """
    found = cosine_similarity(weight[row][None], weight)[0]
    order = found.sort(descending=True, stable=True).indices.tolist()
    return [i for i in order if i != row and i >= first][:k]
# --8<-- [end:cosine]


def _refuse_misfits(weight, ids) -> None:
    checked_floating("weight", weight, "rows, columns")
    refuse_other_device(weight=weight, ids=ids)
    refuse_ids(ids, len(weight))


def _refuse_other_rows(grad_y, ids) -> None:
    if grad_y.shape[:-1] != ids.shape:
        raise ValueError(
            f"grad_y must have a row for each of the ids, {tuple(ids.shape)},"
            f" got {tuple(grad_y.shape)}"
        )


def _refuse_other_lengths(x, y) -> None:
    refuse_other_kind(x=x, y=y)
    if x.ndim != 2 or y.ndim != 2 or x.shape[1] != y.shape[1]:
        raise ValueError(
            "x and y must be rows of the same length,"
            f" got {tuple(x.shape)} and {tuple(y.shape)}"
        )
