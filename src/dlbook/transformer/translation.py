"""A Transformer learns to translate: trained on pairs, tested by writing.

In training the decoder reads the right text, one place behind (teacher
forcing): all places are learned at once. In writing it reads what it has
written itself.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import torch
from jaxtyping import Int
from torch import Tensor, nn

from dlbook._checking import Number, checked_number, refuse_unless_whole
from dlbook.transformer.model import Transformer
from dlbook.transformer.pairs import chinese_ids, english_ids
from dlbook.vocabulary import BOS, EOS, PAD

DIRECTIONS = "to chinese", "to english"
BETAS = 0.9, 0.98  # Vaswani et al. (2017), section 5.3


# --8<-- [start:pairs]
class Pairs(NamedTuple):
    """Texts and their translations, filled up with PAD."""

    source: Int[Tensor, "n words"]
    target: Int[Tensor, "n length"]

    def of(self, rows: Tensor | slice) -> "Pairs":
        """Some of them."""
        return Pairs(self.source[rows], self.target[rows])

    def to(self, device: torch.device | str) -> "Pairs":
        """The same on a device."""
        return Pairs(self.source.to(device), self.target.to(device))


def number_pairs(numbers: Sequence[int], direction: str) -> Pairs:
    """Numbers in two languages.

    Args:
        numbers: which.
        direction: "to chinese", or "to english".

    Raises:
        ValueError: for another direction.
    """
    if direction not in DIRECTIONS:
        raise ValueError(
            f"direction must be one of {DIRECTIONS}, got {direction!r}"
        )
    pair = Pairs(english_ids(numbers), chinese_ids(numbers))
    return pair if direction == DIRECTIONS[0] else Pairs(*reversed(pair))
# --8<-- [end:pairs]


# --8<-- [start:fit]
def fit_pairs(
    model: Transformer, pairs: Pairs,
    *, steps: int, rate: Number, generator: torch.Generator,
    warm: Number = 0.1, batch: int = 64, smoothing: Number = 0.0,
) -> list[float]:
    """Teach by the right texts, with Adam; gives the losses.

    Args:
        model: is changed.
        pairs: to learn from.
        steps: how many times the weights change.
        rate: the highest learning rate. It rises in a line to it, and falls
            in a line to 0.
        generator: which pairs a step sees.
        warm: for which part of the steps the rate rises.
        batch: how many pairs a step sees.
        smoothing: which part of the probability the other tokens shall have.
    """
    refuse_unless_whole(1, steps=steps, batch=batch)
    warm = checked_number("warm", warm, above=0, below=1)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate, betas=BETAS)
    losses = []
    drawn = islice(_drawn(pairs, batch, generator), steps)
    for step, rows in enumerate(drawn):
        part = (step + 1) / steps
        share = min(part / warm, (1 - part) / (1 - warm))
        optimizer.param_groups[0]["lr"] = rate * share
        loss = pairs_loss(model, pairs.of(rows), smoothing)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def pairs_loss(
    model: Transformer, pairs: Pairs, smoothing: Number = 0.0
) -> Tensor:
    """The mean cross-entropy of all tokens behind BOS, without filling."""
    scores = model(pairs.source, pairs.target[:, :-1])
    return nn.functional.cross_entropy(
        scores.mT, pairs.target[:, 1:], ignore_index=PAD,
        label_smoothing=smoothing,
    )
# --8<-- [end:fit]


def _drawn(pairs, batch, generator) -> Iterator[Tensor]:
    """Rows of each step, without end; each once before any comes again."""
    many = len(pairs.source)
    while True:
        order = torch.randperm(many, generator=generator)
        yield from order.to(pairs.source.device).split(batch)


# --8<-- [start:translate]
@torch.no_grad()
def translate(
    model: Transformer, source: Int[Tensor, "n words"],
    *, longest: int = 20,
) -> Int[Tensor, "n length"]:
    """Write, token by token the one with the largest score, until EOS.

    Args:
        model: put it to evaluation before.
        source: what to translate.
        longest: how many tokens are written at most.

    Returns:
        BOS, what was written, EOS if it came to that, then PAD.
    """
    refuse_unless_whole(1, longest=longest)
    memory = model.encode(source)
    target = torch.full_like(source[:, :1], BOS)
    ended = torch.zeros_like(target, dtype=torch.bool)
    while target.shape[1] <= longest and not ended.all():
        scores = model.decode(target, memory, source)[:, -1:]
        token = scores.argmax(-1).masked_fill(ended, PAD)
        target, ended = torch.cat([target, token], 1), ended | (token == EOS)
    return target
# --8<-- [end:translate]


# --8<-- [start:exact]
def exact(
    found: Int[Tensor, "n length"], right: Int[Tensor, "n longer"]
) -> Tensor:
    """Which texts are right from the first token to the last.

    >>> right = torch.tensor([[2, 7, 3], [2, 8, 3]])
    >>> exact(torch.tensor([[2, 7, 3, 0], [2, 8, 8, 3]]), right).tolist()
    [True, False]
    """
    most = max(found.shape[1], right.shape[1])
    both = [
        nn.functional.pad(ids, (0, most - ids.shape[1]), value=PAD)
        for ids in (found, right)
    ]
    return (both[0] == both[1]).all(1)
# --8<-- [end:exact]
