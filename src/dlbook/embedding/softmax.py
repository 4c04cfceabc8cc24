"""Skip-gram with the full softmax: a word predicts who stands near it.

    P(j | i) = exp(w_i · u_j) / sum over all v of exp(w_i · u_v)

Mikolov et al. (2013), https://arxiv.org/abs/1310.4546, section 2, equation 2.
What is trained in its place, negative sampling, stands in
`dlbook.embedding.vectors`.
"""

from jaxtyping import Float
from torch import Tensor

from dlbook._checking import refuse_other_kind


# --8<-- [start:skip_gram_softmax]
def skip_gram_softmax_loss(
    scores: Float[Tensor, "size size"], counts: Float[Tensor, "size size"],
) -> Float[Tensor, ""]:
    """The mean of -ln P(neighbour | word) over all pairs that were counted.

    Scores are those of each word (row) with each neighbour (column).
    """
    _refuse_misfits(scores, counts)
    return -(counts * scores.log_softmax(1)).sum() / counts.sum()


def skip_gram_softmax_gradient(
    word: Float[Tensor, "size d"], neighbour: Float[Tensor, "size d"],
    counts: Float[Tensor, "size size"],
) -> tuple[Float[Tensor, "size d"], Float[Tensor, "size d"]]:
    """By hand: what was expected near each word, minus what was found."""
    scores = word @ neighbour.T
    _refuse_misfits(scores, counts)
    expected = counts.sum(1, keepdim=True) * scores.softmax(1)
    rest = (expected - counts) / counts.sum()
    return rest @ neighbour, rest.T @ word
# --8<-- [end:skip_gram_softmax]


def _refuse_misfits(scores, counts) -> None:
    refuse_other_kind(scores=scores, counts=counts)
    if scores.shape != counts.shape or scores.ndim != 2:
        raise ValueError(
            "scores and counts must be tables of the same size,"
            f" got {tuple(scores.shape)} and {tuple(counts.shape)}"
        )
    if not counts.sum() > 0:
        raise ValueError("there are no pairs: all counts are 0")
