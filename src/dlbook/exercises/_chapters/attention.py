"""Checks of the exercises of the chapter Attention."""

from collections.abc import Callable

import torch
from torch import Tensor

from dlbook.attention import attention, attention_weights
from dlbook.exercises._forms import Findings, close, hand, holds

check_milk = hand(
    ("first number of the output of milk", 2.0),
    ("its second number", 1.6957, {
        4.6102: "The weights must sum to 1: divide by 2 + e.",
        1.2284: "Divide the score by √4 = 2: it is 1, and not 2.",
        2.6667: "That is the mean: the scores are 0, 1, 0.",
    }),
    ("first number for a query of zeros", 2.0, {
        0.0: "Scores of 0 make equal weights, not none.",
    }),
    ("its second number", 2.6667, {
        0.0: "Scores of 0 make equal weights, not none.",
        8.0: "Equal weights are a third each.",
    }),
)


def check_explain(
    other_weights: Callable[[Tensor, Tensor], Tensor],
) -> Findings:
    """Other weights that give the same output."""
    for seed in 0, 1:
        g = torch.Generator().manual_seed(seed)
        query, key = torch.randn(2, 8, 8, generator=g)
        value = torch.randn(8, 2, generator=g)
        a = attention_weights(query[:1], key)[0]
        w = torch.as_tensor(other_weights(a, value)).float()
        yield close("there are eight of them", w.shape, [8])
        yield holds(
            "none is negative", w.min() >= -1e-5, f"Met {w.min():.3g}.",
        )
        yield close("they sum to 1", w.sum(), 1.0)
        yield close(
            "the output is the same", w @ value, a @ value,
            {"it is the mean of the values": value.mean(0)},
        )
        yield holds(
            "they are others: some weight has moved by a hundredth",
            (w - a).abs().max() > 0.01, "They are the weights given.",
        )


def check_none(
    attend: Callable[[Tensor, Tensor, Tensor], Tensor],
) -> Findings:
    """Attention with a key of zeros that has a value of zeros."""
    g = torch.Generator().manual_seed(0)
    query, key, value = torch.randn(3, 6, 4, generator=g)
    key, value = key[:5], torch.cat([value, value[:, :1]], 1)[:5]
    zeros = torch.zeros(1, 5)
    keys = torch.cat([key, zeros[:, :4]])
    right = attention(query, keys, torch.cat([value, zeros]))
    yield close(
        "the extra key scores 0 and hands over nothing",
        attend(query, key, value), right,
        {
            "there is no extra key": attention(query, key, value),
            "its value is of ones": attention(
                query, keys, torch.cat([value, zeros + 1])),
            "its key is of ones": attention(
                query, torch.cat([key, zeros[:, :4] + 1]),
                torch.cat([value, zeros])),
            "scores are not divided by √d": (
                (query @ keys.T).softmax(1) @ torch.cat([value, zeros])),
        },
    )
    far = -9 * torch.ones(1, 4)
    yield close(
        "where nothing fits, nothing is handed over",
        attend(torch.ones(1, 4), far.expand(3, 4), value[:3]), zeros,
        {"the value that fits least badly is handed over": (
            value[:3].mean(0, keepdim=True))},
        tol=1e-3,
    )
    fits = attend(9 * torch.ones(1, 4), torch.ones(1, 4), value[:1])
    yield close("where one fits, all is as before", fits, value[:1], tol=1e-3)
