from einops import rearrange
from torch.nn.functional import unfold

from answers import Many, instead

SIZES = [(5, 3, 4), (3, 3), (8, 7, 6, 5), None, (64, 64), (2, 0)]
STRIDES = [(60, 20, 5, 1), 0, (60, 5, 1, 20), 0, (60, 20, 10, 1), 20]


def together(patches, rows):
    return rearrange(patches, "(r s) c h w -> c (r h) (s w)", r=rows)


def cut(x, side):
    return rearrange(x, "c (r h) (s w) -> (r s) c h w", h=side, w=side)


def by_unfold(x, side):
    columns = unfold(x[None], side, stride=side)[0]
    return columns.unflatten(0, (len(x), side, side)).permute(3, 0, 1, 2)


def by_hand(patches, rows):
    parts = patches.unflatten(0, (rows, -1)).permute(2, 0, 3, 1, 4)
    return parts.flatten(1, 2).flatten(2)


def broken(patches, rows):
    n, c, h, w = patches.shape
    return patches.reshape(c, rows * h, n // rows * w)


def by_columns(x, side):
    return rearrange(x, "c (r h) (s w) -> (s r) c h w", h=side, w=side)


ANSWERS = {
    "sizes": (
        [SIZES],
        [
            (instead(SIZES, _3=(64, 10)), "10 meets 64"),
            (instead(SIZES, _4=(64, 1)), "1 meets 64"),
            (instead(SIZES, _0=None), "4 meets 1"),
        ],
    ),
    "strides": (
        [STRIDES],
        [(instead(STRIDES, _5=1), "as long as its stride"), (instead(STRIDES, _4=(60, 20, 5, 1)), "doubles a stride")],
    ),
    "puzzle": (
        [Many(together, cut), Many(by_hand, by_unfold)],
        [
            (Many(together, by_columns), "column by column"),
            (Many(broken, cut), "not moved"),
            (Many(together, lambda x, side: x.reshape(-1, len(x), side, side)), "not moved"),
            (Many(together, lambda x, side: cut(x, side).mT), "rows and columns of each patch"),
        ],
    ),
}
