"""From probabilities of the next word to a caption: greedy and beam search.

    log p(caption) = sum over its words, the end too, of log p(word | before)

A model is a `step`: it takes the states and the last words of n unfinished
captions, and gives the log-probabilities of all next words, and new states.
A state is a tensor with the captions on axis 0, or a tuple of such. What
stays the same at every step, such as a map of features, can be part of it.

Beam search as in Sutskever, Vinyals and Le (2014), section 3.2: the `width`
most probable captions are kept; one that ends leaves the beam, is never
dropped, and keeps its place: the others have one less.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

from dlbook._checking import Number, checked_number, refuse_unless_whole

State = Any  # a tensor with captions on axis 0, or a tuple of states
Step = Callable[[State, Tensor], tuple[Tensor, State]]


# --8<-- [start:caption]
class Caption(NamedTuple):
    """Words without begin and end, and their log-probability.

    It is a sum over the words, and over the end if the caption `ended`.
    """

    ids: tuple[int, ...]
    logp: float
    ended: bool

    def score(self, alpha: Number = 0) -> float:
        """Its logp / ((5 + words) / 6)^alpha, the end counted as a word.

        Wu et al. (2016), section 7, without the term for coverage.
        """
        many = len(self.ids) + self.ended
        return self.logp / ((5 + many) / 6) ** alpha
# --8<-- [end:caption]


# --8<-- [start:greedy]
@torch.no_grad()
def greedy(
    step: Step, state: State, *, begin: int, end: int, longest: int
) -> list[Caption]:
    """Each time the most probable word, of equal ones the first.

    Args:
        step: the model.
        state: of n captions at once, before their first word.
        begin: what the model reads before the first word.
        end: what ends a caption; it is not part of its ids.
        longest: stop after so many words, the end counted.

    Returns:
        The n captions.
    """
    _refuse_misfits(begin=begin, end=end, longest=longest)
    ids = torch.full((_many(state), 1), begin)
    logp = torch.zeros(len(ids), dtype=torch.float64)
    ended = torch.zeros(len(ids), dtype=torch.bool)
    while ids.shape[1] <= longest and not ended.all():
        rows, state = _checked_step(step, state, ids[:, -1], end)
        words = rows.argmax(1).masked_fill(ended, end)
        here = rows.gather(1, words[:, None]).squeeze(1)
        logp += here.masked_fill(ended, 0)  # after its end nothing counts
        ids, ended = torch.cat([ids, words[:, None]], 1), words == end
    return _captions(ids, logp, end)
# --8<-- [end:greedy]


# --8<-- [start:beam]
@torch.no_grad()
def beam_search(
    step: Step, state: State,
    *, width: int, begin: int, end: int, longest: int, alpha: Number = 0,
) -> list[Caption]:
    """The `width` captions that a search side by side ends with, best first.

    Of equally probable ones the first is kept: that whose beam stands first,
    then that whose last word does. What is impossible is not kept. With
    `alpha` the captions found are put in the order of `Caption.score`; which
    ones are found does not change. Those that `longest` cut off stand last.

    Args:
        step: the model.
        state: of one caption, before its first word.
        width: how many are kept; 1 is greedy search.
        begin: what the model reads before the first word.
        end: what ends a caption; it is not part of its ids.
        longest: stop after so many words, the end counted.
        alpha: 0 for the most probable caption first; the larger, the more
            long ones are favoured. Chosen on data that is not the test's.
    """
    _refuse_misfits(width, begin=begin, end=end, longest=longest)
    checked_number("alpha", alpha, least=0)
    _refuse_many(state)
    ids, logp = torch.tensor([[begin]]), torch.zeros(1, dtype=torch.float64)
    done: list[Caption] = []
    while len(ids) and ids.shape[1] <= longest:
        rows, state = _checked_step(step, state, ids[:, -1], end)
        parents, words, logp = best_ways(logp, rows, width - len(done))
        ids = torch.cat([ids[parents], words[:, None]], 1)
        over = words == end
        done += _captions(ids[over], logp[over], end)
        ids, logp = ids[~over], logp[~over]
        state = _chosen(state, parents[~over])
    found = done + _captions(ids, logp, end)
    return sorted(found, key=lambda one: (not one.ended, -one.score(alpha)))


def best_ways(
    logp: Float[Tensor, " n"], rows: Float[Tensor, "n words"], many: int
) -> tuple[Int[Tensor, " k"], Int[Tensor, " k"], Float[Tensor, " k"]]:
    """The best ways to go on: from which text, with which word; sums."""
    totals = (logp[:, None] + rows).flatten()
    order = totals.sort(descending=True, stable=True).indices[:many]
    order = order[totals[order] > -torch.inf]
    words = rows.shape[1]
    return order // words, order % words, totals[order]
# --8<-- [end:beam]


def _chosen(state: State, rows: Int[Tensor, " k"]) -> State:
    """The states of these captions; one may be there twice."""
    if isinstance(state, Tensor):
        return state[rows.to(state.device)]
    make = getattr(state, "_make", tuple)  # a named tuple keeps its names
    return make(_chosen(each, rows) for each in state)


# --8<-- [start:tree]
def tree_step(
    next_words: Mapping[tuple[int, ...], Sequence[float]]
) -> tuple[Step, State]:
    """A model written down: after each path, the chances of each next word.

    >>> step, state = tree_step({(): [0.0, 1.0], (1,): [1.0, 0.0]})
    >>> greedy(step, state, begin=0, end=0, longest=5)
    [Caption(ids=(1,), logp=0.0, ended=True)]

    Returns:
        The step, and the state of one caption before its first word.
    """
    def step(paths: State, tokens: Tensor) -> tuple[Tensor, State]:
        paths = torch.cat([paths, tokens[:, None]], 1)  # with begin in front
        rows = [next_words[tuple(path[1:])] for path in paths.tolist()]
        return torch.tensor(rows, dtype=torch.float64).log(), paths

    return step, torch.empty(1, 0, dtype=torch.int64)
# --8<-- [end:tree]


def _captions(ids, logp, end) -> list[Caption]:
    """Rows of words behind a begin; what follows the first end is filler."""
    found = []
    for (_, *row), p in zip(ids.tolist(), logp.tolist(), strict=True):
        cut = row.index(end) if end in row else len(row)
        found.append(Caption(tuple(row[:cut]), p, end in row))
    return found


def _first(state) -> Tensor:
    """The first tensor of a state: all have their captions on axis 0."""
    while not isinstance(state, Tensor):
        if not isinstance(state, (tuple, list)) or not state:
            raise ValueError(
                "a state must be a tensor or a tuple of states,"
                f" got {state!r}"
            )
        state = state[0]
    return state


def _many(state) -> int:
    """How many captions it is the state of."""
    first = _first(state)
    if not first.ndim:
        raise ValueError("a state must have captions on axis 0, got a number")
    return len(first)


def _refuse_many(state) -> None:
    if _many(state) != 1:
        raise ValueError(
            "beam_search writes one caption, so that state must be of one,"
            f" got {_many(state)} on axis 0"
        )


def _refuse_misfits(width=1, **numbers) -> None:
    refuse_unless_whole(0, begin=numbers["begin"], end=numbers["end"])
    refuse_unless_whole(1, width=width, longest=numbers["longest"])


def _checked_step(step, state, tokens, end) -> tuple[Tensor, State]:
    """One step; its log-probabilities in double precision, on the CPU."""
    rows, state = step(state, tokens.to(_first(state).device))
    rows = rows.detach().double().cpu()
    if rows.ndim != 2 or len(rows) != len(tokens) or rows.shape[1] <= end:
        raise ValueError(
            f"step must give {len(tokens)} rows of more than {end} words,"
            f" got shape {tuple(rows.shape)}"
        )
    sums = rows.exp().sum(1)
    for wrong in sums[~((sums > 0) & (sums < 1.01))][:1].tolist():
        raise ValueError(
            "step must give log-probabilities; those of a row add up to"
            f" {wrong:g}: is a log_softmax missing?"
        )
    return rows, state
