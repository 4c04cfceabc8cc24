"""Word vectors from a text: words that keep the same company become alike.

Two ways. Count who stands near whom, take the logarithm of "how much more
often than by chance", and factorise: Levy and Goldberg (2014). Or train an
embedding to tell real neighbours from random ones, skip-gram with negative
sampling: Mikolov et al. (2013), https://arxiv.org/abs/1310.4546, section 2.2.
"""

import torch
from jaxtyping import Float, Float64, Int64, Integer
from torch import Tensor, nn

from dlbook._checking import checked_whole, refuse_ids, refuse_unless_whole


# --8<-- [start:pairs]
def pairs(
    ids: Integer[Tensor, " n"], window: int, *, first: int = 0,
) -> Int64[Tensor, "p 2"]:
    """All pairs (word, neighbour) up to `window` places apart, both ways.

    >>> pairs(torch.tensor([7, 8, 9]), 1).tolist()
    [[7, 8], [8, 9], [8, 7], [9, 8]]

    Args:
        ids: the text.
        window: how far a neighbour may stand away.
        first: ids below are no words; pairs with them are left out.
    """
    refuse_unless_whole(1, window=window)
    ids = ids.long()
    near = [torch.stack([ids[:-k], ids[k:]], 1) for k in range(1, window + 1)]
    ahead = torch.cat(near)
    both = torch.cat([ahead, ahead.flip(1)])
    return both[(both >= first).all(1)]
# --8<-- [end:pairs]


# --8<-- [start:ppmi]
def co_occurrences(
    found: Int64[Tensor, "p 2"], size: int,
) -> Float64[Tensor, "size size"]:
    """How often each neighbour (column) was found near each word (row)."""
    refuse_ids(found, size)
    flat = found[:, 0] * size + found[:, 1]
    return flat.bincount(minlength=size * size).reshape(size, size).double()


def ppmi(
    counts: Float[Tensor, "size size"],
) -> Float[Tensor, "size size"]:
    """Positive pointwise mutual information of counted pairs.

    ln(c_ij * N / (c_i * c_j)), where that is positive, else 0.
    """
    total, rows, columns = counts.sum(), counts.sum(1), counts.sum(0)
    chance = rows[:, None] * columns / total.clamp(min=1)  # expected counts
    return (counts / chance.clamp(min=1e-12)).clamp(min=1).log()
# --8<-- [end:ppmi]


# --8<-- [start:factorise]
def factorise(
    matrix: Float[Tensor, "size size"], d: int,
) -> Float[Tensor, "size d"]:
    """The d strongest directions of a matrix: U * sqrt(S) of its SVD.

    An SVD leaves the sign of each direction open; here its largest entry is
    positive.
    """
    checked_whole("d", d, 1, len(matrix))
    u, s, _ = torch.linalg.svd(matrix)
    u, s = u[:, :d], s[:d]
    signs = u.gather(0, u.abs().argmax(0, keepdim=True)).sign()
    return u * signs * s.sqrt()
# --8<-- [end:factorise]


# --8<-- [start:skip_gram]
def skip_gram_loss(
    word: Float[Tensor, "n d"], neighbour: Float[Tensor, "n d"],
    noise: Float[Tensor, "n k d"],
) -> Float[Tensor, ""]:
    """Real neighbours should score high, the k drawn ones low; the mean.

    The score of two words is the product of their vectors.
    """
    real = (word * neighbour).sum(-1)
    drawn = (noise @ word[:, :, None]).squeeze(-1)
    log_sigmoid = nn.functional.logsigmoid
    return -(log_sigmoid(real) + log_sigmoid(-drawn).sum(-1)).mean()


def negative_sampling_loss(
    scores: Float[Tensor, "size size"], counts: Float[Tensor, "size size"],
    k: int,
) -> Float[Tensor, ""]:
    """What `skip_gram_loss` is on average over all pairs and all draws.

    Noise is drawn as often as each word is a neighbour. Scores are those of
    each word (row) with each neighbour (column).
    """
    refuse_unless_whole(1, k=k)
    total = counts.sum()
    chance = counts.sum(1, keepdim=True) * counts.sum(0) / total
    log_sigmoid = nn.functional.logsigmoid
    terms = counts * log_sigmoid(scores) + k * chance * log_sigmoid(-scores)
    return -terms.sum() / total
# --8<-- [end:skip_gram]
