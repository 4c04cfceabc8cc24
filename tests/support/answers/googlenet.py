import torch
from torch import nn

HAND = [512, 376176, 73608192]


def as_one(first, second):
    return torch.einsum("ormn,ri->oimn", second, first[..., 0, 0])


def by_matrix(first, second):
    rows = second.movedim(1, -1) @ first[..., 0, 0]
    return rows.movedim(-1, 1)


def norm(c_in, c_out, kernel, bias=False, of=None, **how):
    layer = nn.Conv2d(c_in, c_out, kernel, bias=bias, **how)
    return nn.Sequential(layer, nn.BatchNorm2d(of or c_out, eps=0.001))


def threes(c_in, c_out, padding=1, activation=True):
    parts = [nn.Conv2d(c_in, c_out, 3, padding=padding), nn.ReLU(), nn.Conv2d(c_out, c_out, 3, padding=padding)]
    return nn.Sequential(*parts if activation else parts[::2])


def two_threes(c_in, c_out, kernel, **how):
    return threes(c_in, c_out) if kernel == 5 else nn.Conv2d(c_in, c_out, kernel, **how)


def bare(c_in, c_out, kernel, **how):
    return threes(c_in, c_out, activation=False) if kernel == 5 else nn.Conv2d(c_in, c_out, kernel, **how)


def unpadded(c_in, c_out, kernel, **how):
    return threes(c_in, c_out, padding=0) if kernel == 5 else nn.Conv2d(c_in, c_out, kernel, **how)


def one_three(c_in, c_out, kernel, **how):
    return nn.Conv2d(c_in, c_out, 3, padding=1) if kernel == 5 else nn.Conv2d(c_in, c_out, kernel, **how)


def everywhere(c_in, c_out, kernel, **how):
    return threes(c_in, c_out)


ANSWERS = {
    "by_hand": (
        [HAND],
        [([624, *HAND[1:]], "last convolution of a branch"), ([512, 375552, HAND[2]], "Biases are missing")],
    ),
    "rank": (
        [as_one, by_matrix],
        [
            (lambda first, second: as_one(first, second).transpose(0, 1), "are exchanged"),
            (lambda first, second: as_one(first, second).flip(2, 3), "mirrored"),
            (lambda first, second: torch.randn(4, 6, 5, 5), "WRONG  a row of 6"),
        ],
    ),
    "batch_norm": (
        [norm],
        [
            (lambda c_in, c_out, kernel, **how: norm(c_in, c_out, kernel, bias=True, **how), "has a bias"),
            (lambda c_in, c_out, kernel, **how: nn.Conv2d(c_in, c_out, kernel, bias=False, **how), "no batch norm"),
            (nn.Conv2d, "a plain convolution"),
            (lambda c_in, c_out, kernel, **how: norm(c_in, c_out, kernel), "padding is handed on"),
        ],
    ),
    "two_threes": (
        [two_threes, bare],
        [
            (nn.Conv2d, "a 5×5 still"),
            (one_three, "one 3×3"),
            (unpadded, "padding is missing"),
            (everywhere, "WRONG  a 1×1 stays"),
        ],
    ),
}
