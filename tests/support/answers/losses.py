import torch

from answers import instead

HAND = [0.6, 0.3, 0.1, 1.204, 0.6, -0.7, 0.1]


def gradient(z, y):
    p = z.softmax(1)
    c = 2 * (p - y)
    return p * (c - (c * p).sum(1, keepdim=True))


def by_autograd(z, y):
    z = z.clone().requires_grad_()
    return torch.autograd.grad((z.softmax(1) - y).square().sum(), z)[0]


def over_all(z, y):
    p = z.softmax(1)
    c = 2 * (p - y)
    return p * (c - (c * p).sum())


def in_place(z, y):
    right = gradient(z, y)
    z.zero_()
    return right


ANSWERS = {
    "hand": (
        [HAND],
        [
            (instead(HAND, _5=0.7), "p − y, not y − p"),
            (instead(HAND, _3=0.5108), "second class"),
            (HAND[:3], "7 values"),
        ],
    ),
    "absolute": ([[22, 3]], [([3, 22], "That is the median"), ([22, 22], "That is the mean"), ([22, 4], "each side")]),
    "mse_softmax": (
        [gradient, by_autograd],
        [
            (lambda z, y: z.softmax(1) - y, "as with cross-entropy"),
            (lambda z, y: gradient(z, y) / 2, "factor 2 is missing"),
            (lambda z, y: -gradient(z, y), "the sign is wrong"),
            (lambda z, y: gradient(z, y) / 4, "the mean is taken"),
            (over_all, "over the whole batch"),
            (in_place, "It changes argument 1 in place"),
        ],
    ),
}
