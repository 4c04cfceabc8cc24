import torch

from answers import instead

BOUND = [7, 16, 27, 64, False]


def relu(x):
    return max(float(x), 0.0)


def parts(w, b, spots):
    on = (spots @ w + b > 0).int() @ 2 ** torch.arange(w.shape[1]).int()
    return len(on.unique())


ANSWERS = {
    "points": (
        [
            lambda x: 2 * relu(x) - 3 * relu(x - 1) + relu(x - 2),
            lambda x: 2 * x - 3 * torch.relu(x - 1) + torch.relu(x - 2),
        ],
        [
            (lambda x: 2 * relu(x) - 3 * relu(x - 1), "third point is missing"),
            (lambda x: 2 * relu(x) - relu(x - 1) + 0 * relu(x - 2), "WRONG  it passes through"),
            (lambda x: 1 + 2 * relu(x) - 3 * relu(x - 1) + relu(x - 2), "Met 1 at [0]"),
        ],
    ),
    "bound": (
        [BOUND],
        [(instead(BOUND, _0=6), "one piece more"), (instead(BOUND, _4=True), "is the last of these")],
    ),
    "thirds": (
        [
            lambda x: 3 * relu(x) - 6 * relu(x - 1 / 3) + 6 * relu(x - 2 / 3),
            lambda x: _zigzag(float(x)),
        ],
        [
            (lambda x: 2 * relu(x) - 4 * relu(x - 0.5), "folded into two"),
            (lambda x: 3 * relu(x) - 3 * relu(x - 1 / 3) + 3 * relu(x - 2 / 3), "WRONG  it runs"),
        ],
    ),
    "plane": (
        [parts, lambda w, b, spots: len({tuple(row) for row in (spots @ w + b > 0).tolist()})],
        [
            (lambda w, b, spots: 2 ** w.shape[1], "all patterns that one could write down"),
            (lambda w, b, spots: w.shape[1], "the units are counted"),
            (lambda w, b, spots: 1 + w.shape[1] * (w.shape[1] + 1) // 2, "a formula is used"),
        ],
    ),
}


def _zigzag(x):
    return 3 * x if x < 1 / 3 else 2 - 3 * x if x < 2 / 3 else 3 * x - 2
