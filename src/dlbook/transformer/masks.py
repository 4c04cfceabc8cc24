"""Who may look at whom in a Transformer: all its masks, in one place.

True means may look, as in the chapter on attention. A mask has the axes
texts, heads, queries, keys; an axis of 1 stands for all.

    encoder, a text at itself       real words of the text
    decoder, a text at itself       its real words up to the one that asks
    decoder, at the encoder's text  real words of the encoder's text
"""

import torch
from jaxtyping import Bool, Integer
from torch import Tensor

from dlbook._checking import kind, refuse_other_axes
from dlbook.attention import causal_mask


# --8<-- [start:masks]
def real_words(
    ids: Integer[Tensor, "n length"], padding: int | None
) -> Bool[Tensor, "n length"]:
    """True for words, False for filling; None says that there is none.

    >>> real_words(torch.tensor([[0, 0, 5], [7, 0, 5]]), 0).int().tolist()
    [[0, 0, 1], [1, 0, 1]]
    """
    if padding is None:
        return torch.ones_like(ids, dtype=torch.bool)
    return ids != padding


def read_mask(
    real: Bool[Tensor, "n length"]
) -> Bool[Tensor, "n 1 1 length"]:
    """Everybody may look at the real words: in reading, and across."""
    _refuse_other_rows(real)
    return real[:, None, None]


def write_mask(
    real: Bool[Tensor, "n length"]
) -> Bool[Tensor, "n 1 length length"]:
    """A word may look at the real words up to itself: in writing."""
    past = causal_mask(real.shape[-1], device=real.device)
    return read_mask(real) & past


def places(real: Bool[Tensor, "n length"]) -> Integer[Tensor, "n length"]:
    """Where each word stands among the real ones: filling does not count.

    >>> places(torch.tensor([[False, False, True, True]])).tolist()
    [[0, 0, 0, 1]]
    """
    _refuse_other_rows(real)
    return (real.cumsum(-1) - 1).clamp(min=0)
# --8<-- [end:masks]


def _refuse_other_rows(real) -> None:
    refuse_other_axes("real", real, "texts, words")
    if real.dtype != torch.bool:
        raise ValueError(f"real must be boolean, got {kind(real)}")
