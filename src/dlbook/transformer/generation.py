"""Writing: from the scores of the next token to a text.

    greedy       the token with the largest score
    temperature  drawn from softmax(scores / temperature)
    top-k        drawn among the k most probable
    top-p        drawn among the most probable that together have p
    beam         the best of several texts that are written at once

Top-k: Fan et al. (2018), section 5.4, https://arxiv.org/abs/1805.04833.
Top-p: Holtzman et al. (2020), section 3.1, https://arxiv.org/abs/1904.09751.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import torch
from jaxtyping import Float, Float64, Int
from torch import Tensor

from dlbook._checking import (
    Number,
    checked_floating,
    checked_number,
    checked_whole,
    refuse_unless_whole,
)
from dlbook.attention_at_scale import KeyValueCache
from dlbook.captioning.decoding import best_ways
from dlbook.rnn.text import top_k

ROUNDING = 1e-9  # a sum that comes so near to p has reached it
Pick = Callable[[Float[Tensor, "n tokens"]], Int[Tensor, " n"]]


@runtime_checkable
class LanguageModel(Protocol):
    """What can write: `dlbook.transformer.gpt.GPT`, say."""

    @property
    def longest(self) -> int:
        """How many tokens it can see."""
        ...

    def new_caches(self, *, texts: int) -> list[KeyValueCache]:
        """An empty cache for each layer."""
        ...

    def __call__(
        self, ids: Int[Tensor, "n new"], caches: list[KeyValueCache] | None
    ) -> Float[Tensor, "n new tokens"]:
        """Scores of what comes after each token."""
        ...


# --8<-- [start:top_p]
def top_p(
    scores: Float[Tensor, "*n tokens"], p: Number
) -> Float[Tensor, "*n tokens"]:
    """The fewest of the most probable tokens that together have p.

    The token with which the sum reaches p is kept. Of equally probable ones
    the first come first. All others become -inf.

    >>> top_p(torch.tensor([0.5, 0.3, 0.2]).log(), 0.6).exp()
    tensor([0.5000, 0.3000, 0.0000])

    Raises:
        ValueError: for a p that is not above 0 and at most 1.
    """
    checked_floating("scores", scores)
    p = checked_number("p", p, above=0, most=1)
    if p == 1:
        return scores
    order = scores.argsort(dim=-1, descending=True, stable=True)
    shares = scores.double().softmax(-1).gather(-1, order)
    before = shares.cumsum(-1) - shares
    late = (before > p - ROUNDING).gather(-1, order.argsort(dim=-1))
    return scores.masked_fill(late, -math.inf)
# --8<-- [end:top_p]


# --8<-- [start:sampler]
def greedy(scores: Float[Tensor, "n tokens"]) -> Int[Tensor, " n"]:
    """The token with the largest score; of equal ones the first."""
    return scores.argmax(-1)


@dataclass
class Sampler:
    """Draws tokens: by temperature, then top-k, then top-p of what is left.

    Args:
        generator: where the draws come from, on the CPU.
        temperature: 1 as the model says; less for the likely ones; 0 is
            greedy.
        k: how many tokens there are to draw from; all by default.
        p: how much they have together; all by default.

    Raises:
        ValueError: for a temperature below 0, and as `top_k` and `top_p`.
    """

    generator: torch.Generator
    temperature: Number = 1.0
    k: int | None = None
    p: Number = 1.0

    def __post_init__(self) -> None:
        checked_number("temperature", self.temperature, least=0)
        checked_number("p", self.p, above=0, most=1)
        if self.k is not None:
            checked_whole("k", self.k, 1)

    def __call__(
        self, scores: Float[Tensor, "n tokens"]
    ) -> Int[Tensor, " n"]:
        if self.temperature == 0:
            return greedy(scores)
        shares = self.shares(scores).cpu()
        drawn = torch.multinomial(shares, 1, generator=self.generator)
        return drawn[:, 0].to(scores.device)

    def shares(
        self, scores: Float[Tensor, "n tokens"]
    ) -> Float64[Tensor, "n tokens"]:
        """The probabilities that are drawn from."""
        scores = scores.double() / self.temperature
        if self.k is not None:
            scores = top_k(scores, min(self.k, scores.shape[-1]))
        return top_p(scores, self.p).softmax(-1)
# --8<-- [end:sampler]


# --8<-- [start:reading]
class Reading:
    """Texts that are being written, as far as the model has read them.

    A text may grow longer than the model can see. Then it goes on with the
    last half of what it sees, which it reads anew.

    Args:
        model: gives scores.
        ids: how the texts begin.
        cached: whether keys and values are kept, or all is read each time.

    Raises:
        ValueError: for texts that do not begin.
    """

    def __init__(
        self, model: LanguageModel, ids: Int[Tensor, "n length"],
        *, cached: bool = True,
    ) -> None:
        first = {"the number of tokens to start from": ids.shape[1]}
        refuse_unless_whole(1, **first)
        self.model, self.ids, self.start = model, ids, 0
        self.caches = model.new_caches(texts=len(ids)) if cached else None

    def scores(self) -> Float[Tensor, "n tokens"]:
        """Of the next tokens."""
        length, longest = self.ids.shape[1], self.model.longest
        if length - self.start > longest:
            self.start = length - (longest + 1) // 2
            if self.caches is not None:
                self.caches = self.model.new_caches(texts=len(self.ids))
        known = self.caches[0].length if self.caches else 0
        new = self.ids[:, self.start + known :]
        return self.model(new, self.caches)[:, -1]

    def add(self, tokens: Int[Tensor, " n"]) -> None:
        """One more token behind each text."""
        self.ids = torch.cat([self.ids, tokens[:, None]], 1)

    def keep(self, rows: Int[Tensor, " m"]) -> None:
        """Text i goes on where text rows[i] was; a text may go on twice."""
        self.ids = self.ids[rows]
        for cache in self.caches or ():
            cache.keys, cache.values = cache.keys[rows], cache.values[rows]
# --8<-- [end:reading]


# --8<-- [start:write]
def write(
    model: LanguageModel, ids: Int[Tensor, "n length"], more: int,
    pick: Pick = greedy, *, cached: bool = True,
) -> Int[Tensor, "n longer"]:
    """Go on, `more` tokens: each that is picked is the next input.

    Args:
        model: gives scores; put it to evaluation before.
        ids: how the texts begin.
        more: how many tokens to write.
        pick: from scores to tokens: `greedy`, or a `Sampler`.
        cached: whether keys and values are kept, or all is read each time.
    """
    refuse_unless_whole(0, more=more)
    with torch.inference_mode():
        reading = Reading(model, ids, cached=cached)
        for _ in range(more):
            reading.add(pick(reading.scores()))
    return reading.ids.clone()
# --8<-- [end:write]


# --8<-- [start:beam]
def beam(
    model: LanguageModel, ids: Int[Tensor, " length"], more: int, width: int,
    *, cached: bool = True,
) -> tuple[Int[Tensor, "found longer"], Float64[Tensor, " found"]]:
    """Write several texts at once; at each token keep the best `width`.

    Args:
        model: gives scores; put it to evaluation before.
        ids: how the text begins.
        more: how many tokens to write.
        width: how many texts are kept.
        cached: whether keys and values are kept, or all is read each time.

    Returns:
        The texts, the most probable first (of equal ones the first), and of
        each the logarithm of the probability of what was added.
    """
    refuse_unless_whole(0, more=more)
    refuse_unless_whole(1, width=width)
    sums = torch.zeros(1, dtype=torch.float64, device=ids.device)
    with torch.inference_mode():
        reading = Reading(model, ids[None], cached=cached)
        for _ in range(more):
            logs = reading.scores().double().log_softmax(-1)
            rows, tokens, sums = best_ways(sums, logs, width)
            reading.keep(rows)
            reading.add(tokens)
    return reading.ids.clone(), sums.clone()
# --8<-- [end:beam]
