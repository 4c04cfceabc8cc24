"""Checks of the exercises of the chapter Mini-batches."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from dlbook.exercises._forms import Findings, close, equals, hand
from dlbook.exercises.checking import changing

check_hand = hand(
    ("the mean loss", 4.5, {
        5: "That is the mean of means.",
        12: "Weigh each mean by its size.",
    }),
    ("the mean of means", 5, {4.5: "That one weighs the sizes."}),
)


def check_short(last_batch: Callable[[int, int], Any]) -> Findings:
    """How many the last batch holds, and how much each counts."""
    for examples, batch in (60_000, 256), (1437, 64), (10, 4), (5, 8):
        rest = examples % batch
        got = last_batch(examples, batch)
        yield equals(
            f"{examples:,} examples, batches of {batch}: examples in the last",
            got[0], rest,
            {
                "full batches are counted": examples // batch,
                "what is missing is counted": batch - rest,
            },
        )
        yield close(
            "and each counts as many times as one of a full batch",
            got[1], batch / rest,
            {
                "it is upside down": rest / batch,
                "the last batch is divided by the whole": rest / examples,
            },
        )


class _Seen:
    """An optimiser that notes the gradient of each step."""

    def __init__(self, net: nn.Linear) -> None:
        self.net = net
        self.steps: list[Tensor] = []

    def zero_grad(self, set_to_none: bool = True) -> None:
        self.net.zero_grad()

    def step(self) -> None:
        assert self.net.weight.grad is not None
        self.steps.append(self.net.weight.grad.clone())


@changing
def check_groups(train: Callable[..., Any]) -> Findings:
    """Parts in groups, and none left over."""
    g = torch.Generator().manual_seed(0)
    net = nn.Linear(3, 2)
    x, y = torch.randn(40, 3, generator=g), torch.arange(40) % 2
    parts = list(zip(x.split(4), y.split(4), strict=True))[:7]
    parts[-1] = tuple(t[:2] for t in parts[-1])
    seen = _Seen(net)
    train(net, seen, parts, 3)
    yield close(
        "7 parts in groups of 3: three updates", len(seen.steps), 3,
        {
            "the part that is left over is lost": 2,
            "each part makes an update": 7, "all parts make one": 1,
        },
    )
    right = [_slope(net, parts[at : at + 3]) for at in (0, 3, 6)]
    yield close(
        "each goes along the gradient of the mean loss of its group",
        seen.steps[0] if seen.steps else None, right[0],
        {
            "the sum over the group is taken, not the mean": 3 * right[0],
            "the gradient of the last part is taken": _slope(net, parts[2:3]),
        },
    )
    last = seen.steps[-1] if seen.steps else None
    yield close(
        "the last group divides by the examples that are really there",
        last, right[2],
        {
            "it is divided by 3 parts": right[2] / 3,
            "it is divided by a full group": right[2] / 6,
            "old gradients are still in it": (
                right[2] + (seen.steps[-2] if len(seen.steps) > 1 else 0)
            ),
        },
    )


def _slope(net: nn.Linear, parts: list[tuple[Tensor, Tensor]]) -> Tensor:
    x, y = (torch.cat(each) for each in zip(*parts, strict=True))
    loss = cross_entropy(net(x), y)
    return torch.autograd.grad(loss, net.weight)[0]


def check_padding(count: Callable[[Tensor], Any]) -> Findings:
    """How many targets count."""
    for y in ([0, 1, 2], [-100, -100, 1], [-100, 4, -100, 0], [-100, -100]):
        targets = torch.tensor(y)
        ignored = int((targets == -100).sum())
        yield close(
            f"targets {y}", count(targets), len(y) - ignored,
            {
                "those that are ignored count, too": len(y),
                "those that are ignored are counted": ignored,
                "class 0 does not count": int((targets > 0).sum()),
                "they are summed": int(targets.sum()),
            } if ignored else {"class 0 does not count": len(y) - 1},
        )
