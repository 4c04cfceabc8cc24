"""Checks of the exercises of the chapter Attention at scale."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from dlbook.attention import attention, causal_mask
from dlbook.exercises._forms import Findings, close, hand, holds


def check_halves(join: Callable[[Any, Any], Tensor]) -> Findings:
    """Two halves of attention, joined."""
    g = torch.Generator().manual_seed(0)
    q, k, v = torch.randn(3, 20, 8, generator=g)
    k = k * torch.linspace(0.5, 3, 20)[:, None]
    outputs, levels = [], []
    for keys, values in zip(k.split([5, 15]), v.split([5, 15]), strict=True):
        outputs.append(attention(q, keys, values))
        levels.append((q @ keys.T / 8**0.5).logsumexp(1))
    whole = attention(q, k, v)
    mean = torch.stack(outputs).mean(0)
    sizes = (5 * outputs[0] + 15 * outputs[1]) / 20
    plain = torch.stack(levels)[..., None]
    yield close(
        "joined, they give attention to all keys at once",
        join(torch.stack(outputs), torch.stack(levels)), whole,
        {
            "the plain mean is taken": mean,
            "each is weighed by how many keys it has": sizes,
            "the outputs are summed": 2 * mean,
            "the levels are weights themselves, without a softmax": (
                (plain * torch.stack(outputs)).sum(0) / plain.sum(0)
            ),
            "the weights of the two are exchanged": (
                plain.flip(0).softmax(0) * torch.stack(outputs)).sum(0),
        },
    )
    far = torch.stack(levels) + 200
    yield close(
        "large levels do not overflow: only their difference counts",
        join(torch.stack(outputs), far), whole,
    )


check_fit = hand(
    ("thousands of tokens with 32 heads kept", 18, {
        49: "The weights take 16 of the bytes.",
        37: "Keys and values are both kept.", 19: "A GiB is 2³⁰ bytes.",
        15: "8 billion weights are 16·10⁹ bytes, not 16 GiB.",
    }),
    ("with 8", 74, {149: "Keys and values are both kept."}),
    ("with 1", 596, {1192: "Keys and values are both kept."}),
)


def check_window(
    windowed: Callable[[Tensor, Tensor, Tensor, int], Tensor],
) -> Findings:
    """Attention to oneself and the few before."""
    g = torch.Generator().manual_seed(0)
    q, k, v = torch.randn(3, 14, 4, generator=g)
    for window in 8, 3, 1:
        yield close(
            f"window {window}: as attention with a mask that is a band",
            windowed(q, k, v, window), attention(q, k, v, _band(14, window)),
            {
                "one word too many is seen": (
                    attention(q, k, v, _band(14, window + 1))),
                "all earlier words are seen": attention(q, k, v, _band(14, 14)),
                "later words are seen": attention(
                    q, k, v, _band(14, window) | _band(14, window).T),
                "empty rows of the ring are seen": _early(q, k, v, window),
            },
        )
    later = v.clone()
    later[9:] += 5
    yield close(
        "what comes later changes nothing",
        windowed(q, k, later, 4)[:9], windowed(q, k, v, 4)[:9],
    )


def _band(n: int, window: int) -> Tensor:
    return causal_mask(n) & ~causal_mask(n).tril(-window)


def _early(q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
    """With rows of zeros in the ring, as long as it is not full."""
    keys, values = (torch.cat([torch.zeros(window, 4), t]) for t in (k, v))
    return torch.cat([
        attention(q[i : i + 1], keys[i + 1 : i + 1 + window],
                  values[i + 1 : i + 1 + window])
        for i in range(len(q))
    ])


def check_bits(rounded: Callable[[Tensor, int], Tensor]) -> Findings:
    """Rows as whole numbers of few bits, each with its own scale."""
    x = torch.tensor([[0.0, 0.3, -0.7, 1.0], [70.0, -10, 35, 3]])
    largest = x.abs().amax(1, keepdim=True)
    for bits in 8, 4, 2:
        steps = 2 ** (bits - 1) - 1
        scale = largest / steps
        one = x.abs().max() / steps
        yield close(
            f"{bits} bits: the whole numbers from −{steps} to {steps}, times"
            " the scale of the row",
            rounded(x, bits), (x / scale).round() * scale,
            {
                "one scale serves all rows": (x / one).round() * one,
                "each column has a scale": _by_column(x, steps),
                "it is not multiplied by the scale again": (x / scale).round(),
                "it cuts, and does not round": (x / scale).trunc() * scale,
                "the sign needs a bit, too": (
                    (x / largest * 2**bits).round() * largest / 2**bits),
                "nothing is rounded": x,
            },
        )
    row = torch.randn(3, 64, generator=torch.Generator().manual_seed(0))
    found = rounded(row, 4)
    yield holds(
        "of a row at most 15 numbers are left with 4 bits",
        max(len(each.unique()) for each in found) <= 15,
        f"Met {max(len(each.unique()) for each in found)}.",
    )


def _by_column(x: Tensor, steps: int) -> Tensor:
    scale = x.abs().amax(0, keepdim=True).clamp(min=1e-9) / steps
    return (x / scale).round() * scale
