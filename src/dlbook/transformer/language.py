"""Models of language on windows: all see the same text, none sees more.

A window is `length` tokens in a row, and its targets are the tokens one place
on. At its first token a model has seen nothing of what stood before.
"""

import math

from jaxtyping import Float, Int
from torch import Tensor, nn

from dlbook._checking import refuse_unless_whole
from dlbook.experiment import Data, Part
from dlbook.rnn.text import Counts, TextModel


# --8<-- [start:windows]
def windows(ids: Int[Tensor, " many"], length: int) -> Part:
    """A text in windows that do not overlap; what is left over is left out.

    >>> import torch
    >>> windows(torch.arange(7), 3).y.tolist()
    [[1, 2, 3], [4, 5, 6]]

    Raises:
        ValueError: for a text that is too short for one.
    """
    refuse_unless_whole(1, length=length)
    many = (len(ids) - 1) // length
    if not many:
        raise ValueError(
            f"a window of {length} needs {length + 1} tokens, got {len(ids)}"
        )
    x, y = (ids[k : k + many * length].view(many, length) for k in (0, 1))
    return Part(x, y)


def in_windows(ids: Int[Tensor, " many"], length: int) -> Data:
    """The first 80 % of a text to learn from, 10 % to choose by, 10 %."""
    cuts = [len(ids) * 8 // 10, len(ids) * 9 // 10]
    learn, choose, report = ids.tensor_split(cuts)
    return Data(
        windows(learn, length), windows(choose, length),
        windows(report, length), repeats=True,
    )
# --8<-- [end:windows]


# --8<-- [start:rivals]
def counted(counts: Counts, part: Part) -> float:
    """The perplexity of counts that see no more than the window."""
    both = zip(part.x.tolist(), part.y.tolist(), strict=True)
    logs = [
        math.log(counts.probability(tuple(seen[: t + 1]), right))
        for seen, targets in both
        for t, right in enumerate(targets)
    ]
    return math.exp(-math.fsum(logs) / len(logs))


class LSTMOfWindows(TextModel):
    """The LSTM of the chapter on recurrent networks, its state from zero."""

    def __init__(self, tokens: int, d_embedding: int, d: int) -> None:
        super().__init__(tokens, d_embedding, d, layer=nn.LSTM)

    def forward(  # type: ignore[override]
        self, ids: Int[Tensor, "n t"]
    ) -> Float[Tensor, "n t tokens"]:
        return super().forward(ids)[0]
# --8<-- [end:rivals]


# --8<-- [start:loss]
def next_loss(
    scores: Float[Tensor, "n t tokens"], targets: Int[Tensor, "n t"]
) -> Tensor:
    """The mean cross-entropy of all tokens."""
    return nn.functional.cross_entropy(scores.mT, targets)


def up_and_down(part: float) -> float:
    """A factor for the rate: up in the first tenth of a run, then down."""
    return min((part + 0.01) / 0.11, (1 - part) / 0.9)
# --8<-- [end:loss]
