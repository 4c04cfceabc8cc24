import torch
from torch.nn.functional import scaled_dot_product_attention

from answers import instead
from dlbook.attention import attention

MILK = [2.0, 1.696, 2.0, 2.667]


def other_weights(a, value):
    kept = torch.cat([value, torch.ones(8, 1)], 1)
    free = torch.eye(8) - kept @ torch.linalg.pinv(kept)
    change = free[a.argmax()]
    most = (a / change)[change > 0].min()
    return a - most * change


def a_little(a, value):
    kept = torch.cat([value, torch.ones(8, 1)], 1)
    change = torch.linalg.svd(kept.T)[2][-1]
    room = torch.where(change < 0, a / -change, torch.inf).min()
    other = torch.where(change > 0, a / change, torch.inf).min()
    return a + room * change if room > other else a - other * change


def attend(query, key, value):
    return attention(query, torch.cat([key, key[:1] * 0]), torch.cat([value, value[:1] * 0]))


def by_torch(query, key, value):
    keys, values = torch.cat([key[:1] * 0, key]), torch.cat([value[:1] * 0, value])
    return scaled_dot_product_attention(query[None], keys[None], values[None])[0]


ANSWERS = {
    "milk": (
        [MILK, [2, 1.696, 2, 2.667]],
        [
            (instead(MILK, _1=4.61), "must sum to 1"),
            (instead(MILK, _3=0.0), "equal weights, not none"),
            (instead(MILK, _3=8.0), "a third each"),
        ],
    ),
    "explain": (
        [other_weights, a_little],
        [
            (lambda a, value: a, "They are the weights given"),
            (lambda a, value: torch.full((8,), 1 / 8), "the mean of the values"),
            (lambda a, value: other_weights(a, value) * 2, "WRONG  they sum to 1"),
            (lambda a, value: a + 9 * (other_weights(a, value) - a), "WRONG  none is negative"),
        ],
    ),
    "none": (
        [attend, by_torch],
        [
            (attention, "there is no extra key"),
            (
                lambda q, k, v: attention(q, torch.cat([k, k[:1] * 0]), torch.cat([v, v[:1] * 0 + 1])),
                "its value is of ones",
            ),
            (
                lambda q, k, v: attention(q, torch.cat([k, k[:1] * 0 + 1]), torch.cat([v, v[:1] * 0])),
                "its key is of ones",
            ),
        ],
    ),
}
