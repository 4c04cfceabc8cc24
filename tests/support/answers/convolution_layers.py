import torch
from torch.nn.functional import conv2d

from answers import instead

ROW = [[2, -1, 2], [7, 1], [1, -1, 2, -2]]
RING = torch.tensor([[1.0, 1, 1], [1, 0, 1], [1, 1, 1]])[None, None]


def average_pool(x, weight=1 / 4, stride=2):
    c = x.shape[1]
    return conv2d(x, torch.full((c, 1, 2, 2), weight), stride=stride, groups=c)


def of_one_group(x):
    c = x.shape[1]
    kernel = torch.eye(c)[:, :, None, None].expand(c, c, 2, 2) / 4
    return conv2d(x, kernel, stride=2)


def mixing(x):
    c = x.shape[1]
    return conv2d(x, torch.full((c, c, 2, 2), 1 / 4), stride=2)


def step(cells, ring=RING):
    near = conv2d(cells, ring, padding=1)
    return (((cells == 1) & (near == 2)) | (near == 3)).float()


def by_halves(cells):
    count = conv2d(cells, torch.ones(1, 1, 3, 3), padding=1) - cells / 2
    return ((count - 3).abs() < 0.6).float()


def torus(cells):
    near = sum(cells.roll((a, b), (2, 3)) for a in (-1, 0, 1) for b in (-1, 0, 1)) - cells
    return (((cells == 1) & (near == 2)) | (near == 3)).float()


def immortal(cells):
    return torch.maximum(cells, step(cells))


ANSWERS = {
    "row": (
        [ROW, [torch.tensor(each) for each in ROW]],
        [(instead(ROW, _0=[-2, 1, -2]), "Weight 0 is 1"), (instead(ROW, _1=[1, 7]), "met the pixels 3, 1, 2")],
    ),
    "average": (
        [average_pool, of_one_group],
        [
            (lambda x: average_pool(x, 1.0), "a sum"),
            (lambda x: average_pool(x, stride=1), "the stride is missing"),
            (mixing, "one group for each is missing"),
            (lambda x: conv2d(x, torch.full((3, 1, 2, 2), 0.25), stride=2, groups=3), "RuntimeError"),
        ],
    ),
    "depthwise": (
        [lambda c_in, c_out, k: 1 / c_out + 1 / k**2, lambda c, d, k: (c * k * k + c * d) / (c * d * k * k)],
        [
            (lambda c_in, c_out, k: 1 / k**2, "is forgotten"),
            (lambda c_in, c_out, k: 1 / c_out + 1 / k, "k is not squared"),
            (lambda c_in, c_out, k: 1 / c_in + 1 / k**2, "are exchanged"),
        ],
    ),
    "life": (
        [step, by_halves],
        [
            (lambda cells: step(cells, torch.ones(1, 1, 3, 3)), "counts itself"),
            (torus, "the board is a ring"),
            (immortal, "nobody dies"),
            (lambda cells: step(cells) * cells, "nobody is born"),
        ],
    ),
}
