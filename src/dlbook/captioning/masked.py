"""The loss of captions of several lengths: a mean over the words there are.

    L = - sum of m_ij log p(y_ij) / sum of m_ij,   m_ij = 0 for a filler

Each word counts the same, so that a caption of ten words counts ten times as
much as one of a single word. The mean over captions of their means is another
number. `torch.nn.functional.cross_entropy` with `ignore_index` gives the
former, and nan where all is filler.
"""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from dlbook._checking import checked_floating, kind, refuse_other_shape
from dlbook.losses import cross_entropy


# --8<-- [start:masked]
def masked_cross_entropy(
    scores: Float[Tensor, "n t words"], target: Int64[Tensor, "n t"], pad: int
) -> Float[Tensor, ""]:
    """The mean cross-entropy over all words of a batch that are not filler.

    Fillers are cut out before anything is computed, so that their scores have
    no say and get no gradient, even if they are infinite or nan.

    Args:
        scores: of each next word, before the softmax.
        target: the words that are right, filled up with `pad`.
        pad: the filler.

    Raises:
        ValueError: where all is filler. A mean over nothing does not exist:
            nan, which torch gives (with a gradient of 0), spoils every mean
            of losses, and 0 would hide that a batch was lost.
    """
    _refuse_misfits(scores, target)
    there = target != pad
    if not there.any():
        raise ValueError(
            f"target holds nothing but pad ({pad}), in shape"
            f" {tuple(target.shape)}: no word counts"
        )
    return cross_entropy(scores[there], target[there])
# --8<-- [end:masked]


def _refuse_misfits(scores, target) -> None:
    checked_floating("scores", scores, "captions, places, words")
    if kind(target) != torch.int64:
        raise ValueError(f"target must hold int64 words, got {kind(target)}")
    refuse_other_shape("target", target, scores.shape[:2], "the places")
