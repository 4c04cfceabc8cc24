"""Checks of the exercises of the chapter Translating and writing."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from dlbook.exercises._forms import Findings, close, hand
from dlbook.transformer.gpt import GPT

_MORE = "The token that reaches p is kept; no token behind it."
check_top_p = hand(
    ("p = 0.3", [1], {(1, 3): "0.3 is reached by the first one.", (): _MORE}),
    ("p = 0.31", [1, 3], {(1,): _MORE, (1, 3, 4): _MORE}),
    ("p = 0.6", [1, 3], {(1, 3, 4): "0.6 is reached by two.", (1,): _MORE}),
    ("p = 0.84", [1, 3, 4], {(1, 3): _MORE, (1, 4, 3): "Give them in order."}),
    ("p = 0.86", [0, 1, 3, 4], {(1, 3, 4): _MORE, (1, 3, 4, 0): "In order."}),
)
_LIANG = "Which 2 begins the number, and what stands behind it?"
check_wan = hand(
    ("2", "二", {"两": "No unit stands behind it."}),
    ("20", "二十", {"两十": "In front of 十 it is 二."}),
    ("200", "二百", {"两百": "The rules above keep 二 in front of 百."}),
    ("2,000", "两千", {"二千": _LIANG}),
    ("20,000", "两万", {"二万": _LIANG}),
    ("200,000", "二十万", {"两十万": "In front of 十 it is 二."}),
    ("22,000", "两万二千", {
        "二万二千": _LIANG, "两万两千": "Only the 2 that begins the number.",
    }),
    ("12,000", "一万二千", {"一万两千": "Only a 2 that begins the number."}),
    ("10,010", "一万零一十", {
        "一万一十": "A gap is read as 零.", "一万零十": "十 is 一十 here.",
        "一万零零一十": "A gap is one 零, however wide.",
    }),
    ("110,000", "十一万", {"一十一万": "At the front it is 十."}),
)


def check_past(
    changed: Callable[[nn.Module, Tensor, int], list[int]],
) -> Findings:
    """The places whose scores change with a token."""
    g = torch.Generator().manual_seed(0)
    model = GPT(20, 16, 32, 2, 1, generator=g).eval()
    ids = torch.randint(20, (1, 10), generator=g)
    for place in 6, 0, 9:
        yield close(
            f"token {place} of ten changes its own place and those behind it",
            [int(each) for each in changed(model, ids, place)],
            list(range(place, 10)),
            {
                "those in front of it are given": list(range(place)),
                "its own place is missing": list(range(place + 1, 10)),
                "only its own place is given": [place],
            },
        )
    both = nn.Sequential(nn.Embedding(20, 4), _Mean())
    yield close(
        "of a model that looks both ways it finds all ten",
        [int(each) for each in changed(both, ids, 6)], list(range(10)),
        {"it counts, and does not compare": list(range(6, 10))},
    )


class _Mean(nn.Module):
    """Each place gets the mean of all."""

    def forward(self, x: Tensor) -> Tensor:
        return x + x.mean(1, keepdim=True)
