import torch

from answers import instead
from dlbook.attention import attention, causal_mask

FIT = [18, 74, 596]


def join(outputs, levels):
    return (levels.softmax(0)[..., None] * outputs).sum(0)


def by_exp(outputs, levels):
    share = (levels - levels.max(0).values).exp()[..., None]
    return (share * outputs).sum(0) / share.sum(0)


def overflows(outputs, levels):
    share = levels.exp()[..., None]
    return (share * outputs).sum(0) / share.sum(0)


def ring(q, k, v, window, full=False):
    keys, values, found = k[:1].repeat(window, 1) * 0, v[:1].repeat(window, 1) * 0, []
    for i in range(len(q)):
        keys[i % window], values[i % window] = k[i], v[i]
        many = window if full else i + 1
        found.append(attention(q[i : i + 1], keys[:many], values[:many]))
    return torch.cat(found)


def banded(q, k, v, window):
    mask = causal_mask(len(q)) & ~causal_mask(len(q)).tril(-window)
    return attention(q, k, v, mask)


def rounded(x, bits, scale=lambda x: x.abs().amax(-1, keepdim=True)):
    one = scale(x) / (2 ** (bits - 1) - 1)
    return (x / one).round() * one


ANSWERS = {
    "halves": (
        [join, by_exp],
        [
            (lambda outputs, levels: outputs.mean(0), "plain mean"),
            (lambda outputs, levels: outputs.sum(0), "are summed"),
            (
                lambda outputs, levels: (levels[..., None] * outputs).sum(0) / levels[..., None].sum(0),
                "without a softmax",
            ),
            (overflows, "WRONG  large levels"),
        ],
    ),
    "fit": (
        [FIT],
        [(instead(FIT, _0=37), "both kept"), (instead(FIT, _0=49), "weights take"), (instead(FIT, _0=19), "2³⁰")],
    ),
    "window": (
        [ring, banded],
        [
            (lambda q, k, v, window: banded(q, k, v, window + 1), "one word too many"),
            (lambda q, k, v, window: attention(q, k, v, causal_mask(len(q))), "all earlier words"),
            (lambda q, k, v, window: ring(q, k, v, window, full=True), "empty rows"),
        ],
    ),
    "bits": (
        [rounded, lambda x, bits: torch.stack([rounded(row, bits) for row in x])],
        [
            (lambda x, bits: rounded(x, bits, lambda x: x.abs().max()), "one scale serves all rows"),
            (
                lambda x, bits: rounded(x, bits) / (x.abs().amax(1, keepdim=True) / (2 ** (bits - 1) - 1)),
                "not multiplied",
            ),
            (lambda x, bits: rounded(x, bits, lambda x: x.abs().amax(0, keepdim=True).clamp(min=1e-9)), "each column"),
            (lambda x, bits: x, "nothing is rounded"),
        ],
    ),
}
