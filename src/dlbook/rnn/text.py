"""A model of characters: which one comes next?

    recurrent    ids -> Embedding -> recurrent layer -> scores of all tokens
    counted      p_k = (count of the next + m p_{k-1}) / (count of all + m)

`p_k` looks k characters back. Where its counts are many it trusts them; where
they are few it leans on p_{k-1}, which looks back one less. `m` says how many
are many. The rule is that of Dirichlet (MacKay and Peto, 1995, "A hierarchical
Dirichlet language model").
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from dlbook._checking import (
    Number,
    checked_floating,
    checked_number,
    checked_whole,
    refuse_ids,
    refuse_unless_whole,
)
from dlbook.rnn.layers import LSTM
from dlbook.rnn.through_time import detached


# --8<-- [start:model]
class TextModel(nn.Module):
    """Scores of what comes after each token of a text.

    Args:
        tokens: how many different ones there are.
        d_embedding: numbers of a token.
        d: numbers of the state.
        layer: makes the recurrent layer from two sizes and `batch_first=`.
    """

    def __init__(
        self, tokens: int, d_embedding: int, d: int,
        *, layer: Callable[..., nn.Module] = LSTM,
    ) -> None:
        super().__init__()
        self.embedding = nn.Embedding(tokens, d_embedding)
        self.recurrent = layer(d_embedding, d, batch_first=True)
        self.output = nn.Linear(d, tokens)

    def forward(
        self, ids: Int[Tensor, "n t"], state: Any = None
    ) -> tuple[Float[Tensor, "n t tokens"], Any]:
        y, state = self.recurrent(self.embedding(ids), state)
        return self.output(y), state
# --8<-- [end:model]


# --8<-- [start:pieces]
def pieces(
    ids: Int[Tensor, " many"], rows: int, steps: int
) -> Iterator[tuple[Int[Tensor, "rows t"], Int[Tensor, "rows t"]]]:
    """A long text as `rows` texts side by side, `steps` tokens at a time.

    Each piece goes on where the one before ended, so a state may be carried
    over. The targets are the inputs, one place on. What does not fill a row
    is left out, and the last piece may be shorter.

    Raises:
        ValueError: for a text too short for one step of each row.
    """
    refuse_unless_whole(1, rows=rows, steps=steps)
    each = (len(ids) - 1) // rows
    if each < 1:
        raise ValueError(
            f"ids must be at least {rows + 1}, one more than rows,"
            f" got {len(ids)}"
        )
    x, y = (ids[k : k + rows * each].view(rows, each) for k in (0, 1))
    yield from zip(x.split(steps, 1), y.split(steps, 1), strict=True)
# --8<-- [end:pieces]


# --8<-- [start:perplexity]
@torch.no_grad()
def perplexity(
    model: nn.Module, ids: Int[Tensor, " many"], steps: int = 256
) -> float:
    """Of a text, read from end to end: e to the mean cross-entropy."""
    total, count, state = 0.0, 0, None
    for x, y in pieces(ids, 1, steps):
        scores, state = model(x, state)
        losses = nn.functional.cross_entropy(
            scores[0], y[0], reduction="sum"
        )
        total, count = total + float(losses), count + y.numel()
    return math.exp(total / count)
# --8<-- [end:perplexity]


# --8<-- [start:fit]
def fit_text(
    model: nn.Module, ids: Int[Tensor, " many"],
    *, steps: int, rate: Number, rows: int = 32, length: int = 64,
    clip: Number = 1.0,
) -> list[float]:
    """Truncated back-propagation through time, with Adam; gives the losses.

    The state is carried from piece to piece, its history is not. The rate
    falls to 0 in a straight line.
    """
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses: list[float] = []
    while len(losses) < steps:
        state = None
        for x, y in pieces(ids, rows, length):
            scores, state = model(x, state)
            state = detached(state)
            loss = nn.functional.cross_entropy(scores.mT, y)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), clip)
            optimizer.param_groups[0]["lr"] = rate * (1 - len(losses) / steps)
            optimizer.step()
            losses.append(loss.item())
            if len(losses) == steps:
                break
    return losses
# --8<-- [end:fit]


# --8<-- [start:top_k]
def top_k(
    scores: Float[Tensor, "*n tokens"], k: int
) -> Float[Tensor, "*n tokens"]:
    """The k largest scores; the others become -inf.

    Of equal scores the first are kept, which `torch.topk` does not promise.

    >>> top_k(torch.tensor([1.0, 2.0, 2.0, 2.0]), 2).tolist()
    [-inf, 2.0, 2.0, -inf]

    Raises:
        ValueError: for a k that is not between 1 and the number of tokens.
    """
    checked_floating("scores", scores)
    k = checked_whole("k", k, 1, scores.shape[-1])
    order = scores.argsort(dim=-1, descending=True, stable=True)
    return scores.scatter(-1, order[..., k:], -math.inf)
# --8<-- [end:top_k]


# --8<-- [start:choose]
def choose(
    scores: Float[Tensor, " tokens"], temperature: Number,
    generator: torch.Generator, *, top: int | None = None,
) -> int:
    """Draw a token from softmax(scores / temperature), on the CPU.

    Args:
        scores: one for each token.
        temperature: 1 as the model says; less for the likely ones; 0 takes
            the largest score, of equal ones the first.
        generator: where the draw comes from.
        top: draw among so many with the largest scores only. Of equal ones
            the first are kept, which `topk` does not promise.

    Raises:
        ValueError: for a temperature below 0, or a top that is not between 1
            and the number of tokens.
    """
    checked_number("temperature", temperature, least=0)
    scores = checked_floating("scores", scores, "tokens").detach().cpu()
    if top is not None:
        top = checked_whole("top", top, 1, len(scores))
        scores = top_k(scores, top)
    if temperature == 0:
        return int(scores.argmax())
    shares = (scores.double() / temperature).softmax(0)
    return int(torch.multinomial(shares, 1, generator=generator))
# --8<-- [end:choose]


# --8<-- [start:write]
@torch.no_grad()
def write(
    model: nn.Module, begin: Int[Tensor, " t"], many: int,
    *, temperature: Number, generator: torch.Generator,
    top: int | None = None,
) -> list[int]:
    """Read the beginning, then go on: each drawn token is the next input."""
    refuse_unless_whole(0, many=many)
    ids, state, found = begin[None], None, []
    for _ in range(many):
        scores, state = model(ids, state)
        found.append(choose(scores[0, -1], temperature, generator, top=top))
        ids = torch.tensor([[found[-1]]], device=begin.device)
    return found
# --8<-- [end:write]


# --8<-- [start:counts]
class Counts:
    """What follows the last k tokens, counted, for k = 0 … back.

    Args:
        ids: a text.
        tokens: how many different ones there are.
        back: how many tokens are looked back at most.
        trust: m, how much weight the shorter context has.
    """

    def __init__(
        self, ids: Int[Tensor, " many"], tokens: int,
        *, back: int, trust: Number,
    ) -> None:
        refuse_unless_whole(0, back=back)
        refuse_ids(ids, checked_whole("tokens", tokens, 1))
        self.tokens, self.back = tokens, back
        self.trust = checked_number("trust", trust, above=0)
        text = tuple(ids.tolist())
        self.pairs = [self._counted(text, k + 1) for k in range(back + 1)]
        self.contexts = [self._contexts(pairs) for pairs in self.pairs]

    def probability(self, context: tuple[int, ...], token: int) -> float:
        """Of a token after a context, of which the last `back` count."""
        p = 1 / self.tokens
        for k in range(min(self.back, len(context)) + 1):
            seen = context[len(context) - k :]
            many = self.contexts[k][seen]
            both = self.pairs[k][(*seen, token)]
            p = (both + self.trust * p) / (many + self.trust)
        return p

    def perplexity(self, ids: Int[Tensor, " many"]) -> float:
        """Of a text: all tokens but the first are guessed."""
        text = tuple(ids.tolist())
        logs = [
            math.log(self.probability(text[max(0, t - self.back) : t], text[t]))
            for t in range(1, len(text))
        ]
        return math.exp(-math.fsum(logs) / len(logs))
# --8<-- [end:counts]

    def _counted(self, text, length) -> Counter:
        return Counter(text[i : i + length]
                       for i in range(len(text) - length + 1))

    def _contexts(self, pairs: Counter) -> Counter:
        found: Counter = Counter()
        for key, many in pairs.items():
            found[key[:-1]] += many
        return found
