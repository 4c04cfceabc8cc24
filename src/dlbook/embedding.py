"""Embedding: each id gets a row of weights, to be learned.

    one_hot(ids) @ weight  ==  weight[ids]

Left the product, right the look-up: the same numbers, and the same gradient.
`weight` has a row for each token and a column for each feature, as
`torch.nn.Embedding` keeps it. Training word vectors on a text stands in
`dlbook.word_vectors`.
"""

import torch
from jaxtyping import Float, Integer
from torch import Tensor, nn

from dlbook.checking import whole
from dlbook.vocabulary import one_hot, refuse_ids


# --8<-- [start:lookup]
def lookup(
    weight: Float[Tensor, "rows d"], ids: Integer[Tensor, "*n"],
) -> Float[Tensor, "*n d"]:
    """Row `id` of the matrix, for each id.

    Raises:
        ValueError: for ids that are no integers, have no row, or lie on
            another device than the weight.
    """
    _refuse(weight, ids)
    return weight[ids.long()]
# --8<-- [end:lookup]


# --8<-- [start:embed_one_hot]
def embed_one_hot(
    weight: Float[Tensor, "rows d"], ids: Integer[Tensor, "*n"],
) -> Float[Tensor, "*n d"]:
    """The same as a matrix product, with all its zeros."""
    _refuse(weight, ids)
    return one_hot(ids, len(weight), dtype=weight.dtype) @ weight
# --8<-- [end:embed_one_hot]


# --8<-- [start:lookup_gradient]
def lookup_gradient(
    grad_y: Float[Tensor, "*n d"], ids: Integer[Tensor, "*n"], rows: int,
) -> Float[Tensor, "rows d"]:
    """dL/dweight, by hand, from dL/dy: each row sums what its uses got.

    Half precision is summed up in single and rounded at the end.
    """
    whole("rows", rows, 1)
    refuse_ids(ids, rows)
    if grad_y.shape[:-1] != ids.shape:
        raise ValueError(
            f"grad_y must have a row for each of the ids, {tuple(ids.shape)},"
            f" got {tuple(grad_y.shape)}"
        )
    wide = torch.promote_types(grad_y.dtype, torch.float32)
    grad = grad_y.new_zeros(rows, grad_y.shape[-1], dtype=wide)
    g = grad_y.reshape(-1, grad_y.shape[-1]).to(wide)
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
        whole("rows", rows, 1)
        whole("d", d, 1)
        self.weight = nn.Parameter(torch.randn(rows, d, generator=generator))
        self.padding_idx = padding_idx
        if padding_idx is not None:
            if whole("padding_idx", padding_idx, 0) >= rows:
                raise ValueError(
                    f"padding_idx must be below {rows}, got {padding_idx}"
                )
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
    if x.ndim != 2 or y.ndim != 2 or x.shape[1] != y.shape[1]:
        raise ValueError(
            "x and y must be rows of the same length,"
            f" got {tuple(x.shape)} and {tuple(y.shape)}"
        )
    wide = torch.promote_types(x.dtype, torch.float32)
    a, b = x.to(wide), y.to(wide)
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


def _refuse(weight: Tensor, ids: Tensor) -> None:
    """Refuse a weight that is no matrix of numbers, and ids without a row."""
    if weight.ndim != 2 or not weight.is_floating_point():
        raise ValueError(
            "weight must be a matrix of floating-point numbers,"
            f" got {weight.dtype} of shape {tuple(weight.shape)}"
        )
    if isinstance(ids, Tensor) and ids.device != weight.device:
        raise ValueError(
            f"ids are on {ids.device}, the weight is on {weight.device}"
        )
    refuse_ids(ids, len(weight))
