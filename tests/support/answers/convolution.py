import torch
from torch.nn.functional import conv2d, pad

from answers import Many, instead

SIZES = [28, 55, 24, 3, 3]
BOX = torch.ones(1, 1, 3, 3) / 9
COLUMN, ROW = torch.tensor([1.0, 2, 1]), torch.tensor([-1.0, 0, 1])
PASS = {"mean", "relu"}


def blur(image):
    return conv2d(pad(image, [1] * 4, mode="reflect"), BOX)


def by_counting(image):
    return conv2d(image, BOX, padding=1) / conv2d(torch.ones_like(image), BOX, padding=1)


def in_place(image):
    made = blur(image)
    image.copy_(made)
    return image


ANSWERS = {
    "sizes": (
        [SIZES, tuple(SIZES), torch.tensor(SIZES)],
        [
            (instead(SIZES, _0=24), "The padding is missing"),
            (instead(SIZES, _1=54), "The start at 0 counts"),
            (instead(SIZES, _4=4), "round down"),
            (SIZES[:4], "5 values"),
        ],
    ),
    "equivariant": (
        [Many(PASS, {"mean"}), Many(["relu", "mean"], ["mean"])],
        [
            (Many({"mean"}, {"mean"}), "WRONG  relu: moved first"),
            (Many(PASS, PASS), "WRONG  relu: a convolution"),
            (Many({*PASS, "reverse"}, {"mean"}), "WRONG  reverse"),
            (Many({*PASS, "blur"}, {"mean"}), "Met blur"),
        ],
    ),
    "border": (
        [blur, by_counting, lambda image: conv2d(pad(image, [1] * 4, mode="replicate"), BOX)],
        [
            (lambda image: conv2d(image, BOX, padding=1), "zeros are averaged in at the rim"),
            (lambda image: 9 * blur(image), "not divided by 9"),
            (lambda image: conv2d(image, BOX), "there is no padding"),
            (lambda image: conv2d(pad(image, [1] * 4, value=1.0), BOX), "padded with white"),
            (lambda image: image, "not blurred at all"),
            (in_place, "It changes argument 1 in place"),
            (lambda image: None, "It gives nothing"),
        ],
    ),
    "separable": (
        [Many(COLUMN, ROW), Many(-COLUMN[:, None], -ROW[None]), Many([2, 4, 2], [-0.5, 0, 0.5])],
        [
            (Many(ROW, COLUMN), "the two are exchanged"),
            (Many(COLUMN, -ROW), "the sign is wrong"),
            (Many([1.0, 1, 1], ROW), "Prewitt"),
            (Many([1.0, 2], ROW), "WRONG"),
        ],
    ),
    "wide": ([[50, 6]], [([101, 6], "adds 2 pixels"), ([50, 7], "Fewer see 101"), ([49, 6], "before the first layer")]),
}
