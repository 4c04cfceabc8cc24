import torch
from torch.nn.functional import conv2d


def sum_of_squares(x, n, reach=None, square=True):
    channel = torch.arange(x.shape[1])
    band = ((channel[:, None] - channel).abs() <= (n // 2 if reach is None else reach)).to(x)
    return conv2d(x.square() if square else x, band[:, :, None, None])


def by_pooling(x, n):
    deep = x.square().movedim(1, -1).flatten(0, 2)[:, None]
    means = torch.nn.functional.avg_pool1d(deep, n, 1, n // 2, count_include_pad=True)
    return (n * means)[:, 0].unflatten(0, (x.shape[0], *x.shape[2:])).movedim(-1, 1)


ANSWERS = {
    "hand": (
        [[0.125, 0]],
        [([0.25, 0], "the power is 3/4"), ([0.125, 3], "damps itself"), ([0.119, 0], "counted from 0")],
    ),
    "translate": ([1e-4 / 9, [1.11e-5]], [(1e-4, "PyTorch divides"), (9e-4, "is not divided")]),
    "band": (
        [sum_of_squares, by_pooling],
        [
            (lambda x, n: sum_of_squares(x, n, square=False), "not its squares"),
            (lambda x, n: sum_of_squares(x, n) / n, "mean is taken"),
            (lambda x, n: sum_of_squares(x, n, reach=n), "n to each side"),
            (lambda x, n: sum(x.square().roll(k, 1) for k in range(-(n // 2), n // 2 + 1)), "are a ring"),
        ],
    ),
}
