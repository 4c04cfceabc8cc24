"""Three parts of the data: to learn from, to choose by, and to report.

Training examples change the weights. Validation examples choose what else
there is to choose: the learning rate, the step to stop at. Test examples are
looked at once, after all is chosen.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import torch
from jaxtyping import Int, Shaped
from torch import Tensor

from dlbook._checking import Number
from dlbook.experiment.streams import stream


class Part(NamedTuple):
    """Examples and what is right for each."""

    x: Shaped[Tensor, "n *d"]
    y: Shaped[Tensor, "n *e"]


# --8<-- [start:data]
@dataclass(frozen=True, eq=False)
class Data:
    """Training, validation and test examples, none of them in two parts.

    Args:
        train: x and y to learn from.
        validation: x and y to choose by.
        test: x and y to report; `fit_many` does without.
        repeats: whether an x may come again in another part. Only for inputs
            so few that they must, such as two bits.
        pooled: whether the parts were drawn from one pool of examples, that
            other seeds divide in another way; `split` sets it.

    Raises:
        ValueError: for parts without examples, x and y of different lengths,
            NaN, parts that do not fit together, and an x in two parts.
    """

    train: Part
    validation: Part
    test: Part | None = None
    repeats: bool = False
    pooled: bool = False

    def __post_init__(self) -> None:
        for name in ("train", "validation", "test"):
            if getattr(self, name) is not None:
                part = _part(name, getattr(self, name), self.train)
                object.__setattr__(self, name, part)
        if not self.repeats:
            _refuse_overlap(self)

    def changed(self, change: Callable[[Tensor], Tensor]) -> "Data":
        """The same examples, their x changed: `lambda x: x.flatten(1)`."""
        train, validation, test = self.train, self.validation, self.test
        return Data(
            Part(change(train.x), train.y),
            Part(change(validation.x), validation.y),
            test and Part(change(test.x), test.y),
            repeats=True, pooled=self.pooled,
        )

    @property
    def tested(self) -> Part:
        """The test part.

        Raises:
            ValueError: if there is none.
        """
        if self.test is None:
            raise ValueError("data must have a test part to report")
        return self.test

    def without_test(self) -> "Data":
        """What may be looked at before all is chosen."""
        return replace(self, test=None, repeats=True)
# --8<-- [end:data]


# --8<-- [start:split]
def split(
    x: Shaped[Tensor, "n *d"], y: Shaped[Tensor, "n *e"], seed: int,
    *, validation: Number = 0.2, test: Number = 0.2,
) -> Data:
    """Divide examples at random into training, validation and test.

    Args:
        x: the examples. Equal ones come into the same part.
        y: what is right for each.
        seed: other seeds divide in other ways.
        validation: how many, or which share of all, if below 1.
        test: as `validation`.

    >>> data = split(torch.arange(10.0), torch.arange(10), seed=0)
    >>> [len(part.x) for part in (data.train, data.validation, data.test)]
    [6, 2, 2]

    Raises:
        ValueError: for x and y of different lengths, shares without sense,
            and if a part is left empty.
    """
    _same_length("x and y", x, y)
    order = _equals_together(x, stream(seed, "split"))
    first = _count("test", test, len(x))
    second = first + _count("validation", validation, len(x))
    cuts = [_not_between_equals(x, order, cut) for cut in (first, second)]
    parts = [Part(x[i], y[i]) for i in order.tensor_split(cuts)]
    return Data(parts[2], parts[1], parts[0], pooled=True)
# --8<-- [end:split]


def _equals_together(x, generator) -> Int[Tensor, " n"]:
    """The places of all examples, shuffled, those of equals side by side."""
    shuffled = torch.randperm(len(x), generator=generator).tolist()
    first: dict[bytes, int] = {}
    keys = [row.tobytes() for row in _rows(x)]
    for place in shuffled:
        first.setdefault(keys[place], len(first))
    return torch.tensor(sorted(shuffled, key=lambda i: first[keys[i]]))


def _not_between_equals(x, order, cut) -> int:
    """The cut, moved behind the last example that equals the one before."""
    while 0 < cut < len(order) and x[order[cut]].equal(x[order[cut - 1]]):
        cut += 1
    return cut


def _rows(x: Tensor) -> Iterable:
    """Each example as an array; -0.0 counts as 0.0."""
    x = x.detach().cpu()
    x = x + 0 if x.is_floating_point() else x
    if x.dtype == torch.bfloat16:  # numpy knows none
        x = x.float()
    return x.contiguous().numpy()


def _refuse_overlap(data: Data) -> None:
    seen: dict[bytes, str] = {}
    for name in ("train", "validation", "test"):
        part = getattr(data, name)
        keys = {row.tobytes() for row in _rows(part.x)} if part else set()
        for other in sorted({seen[key] for key in keys & seen.keys()}):
            many = sum(seen.get(key) == other for key in keys)
            raise ValueError(
                f"{many} different x of the {name} examples stand among the"
                f" {other} examples too; a {name} example must be new"
            )
        seen |= dict.fromkeys(keys, name)


def _part(name, part, train) -> Part:
    if not isinstance(part, tuple) or len(part) != 2:
        met = type(part).__name__
        raise ValueError(f"{name} must be a pair of x and y, got {met}")
    x, y = part
    _same_length(f"x and y of {name}", x, y)
    for what, mine, others in (("x", x, train[0]), ("y", y, train[1])):
        kinds = [(t.dtype, t.shape[1:], t.device) for t in (mine, others)]
        if kinds[0] != kinds[1]:
            raise ValueError(
                f"{what} of {name} must be like that of train,"
                f" {kinds[1][0]} of shape {tuple(kinds[1][1])} on"
                f" {kinds[1][2]}, got {kinds[0][0]} of shape"
                f" {tuple(kinds[0][1])} on {kinds[0][2]}"
            )
        if mine.is_floating_point() and mine.isnan().any():
            raise ValueError(
                f"{what} of {name} must hold numbers, got NaN in"
                f" {int(mine.isnan().flatten(1).any(1).sum())} examples"
            )
    return Part(x, y)


def _same_length(what, x, y) -> None:
    lengths = [
        len(t) if torch.is_tensor(t) and t.ndim else None for t in (x, y)
    ]
    if None in lengths or lengths[0] != lengths[1] or lengths[0] == 0:
        raise ValueError(
            f"{what} must be tensors that hold as many examples, and at least"
            f" one, got {lengths[0]} and {lengths[1]}"
        )


def _count(name, number, examples) -> int:
    """How many of the examples a share, or a number, is."""
    good = isinstance(number, (int, float)) and not isinstance(number, bool)
    if not good or number <= 0 or (number >= 1 and number != int(number)):
        raise ValueError(
            f"{name} must be a share below 1, or how many, got {number!r}"
        )
    return max(1, round(number * examples)) if number < 1 else int(number)
