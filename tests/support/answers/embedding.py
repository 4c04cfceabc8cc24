import torch

from answers import instead
from dlbook.embedding import lookup_gradient

SHAPES = [9000000, (8, 20, 300), 1280, 192000]


def as_linear(layer, turned=True, bias=False):
    many, d = layer.weight.shape
    linear = torch.nn.Linear(many, d, bias=bias)
    linear.weight.data = layer.weight.detach().T.clone() if turned else layer.weight.detach().reshape(d, many)
    return linear


def weight_gradient(grad, ids, many, mean=True, filler=False):
    real = torch.ones_like(ids).bool() if filler else ids != 0
    share = real.float() / (real.sum(1, keepdim=True) if mean else 1)
    return lookup_gradient(share[..., None] * grad[:, None], ids, many)


def by_index(grad, ids, many):
    total = torch.zeros(many, grad.shape[1])
    for row, of_row in zip(ids, grad, strict=True):
        words = row[row != 0]
        total.index_add_(0, words, (of_row / len(words)).expand(len(words), -1))
    return total


def once(grad, ids, many):
    total = torch.zeros(many, grad.shape[1])
    for row, of_row in zip(ids, grad, strict=True):
        words = row[row != 0]
        total[words] += of_row / len(words)
    return total


ANSWERS = {
    "shapes": (
        [SHAPES],
        [
            (instead(SHAPES, _2=160), "8 bytes"),
            (instead(SHAPES, _1=(8, 300)), "Each token"),
            (instead(SHAPES, _0=9000300), "no bias"),
        ],
    ),
    "linear": (
        [as_linear],
        [
            (lambda layer: as_linear(layer, turned=False), "not transposed"),
            (lambda layer: as_linear(layer, bias=True), "WRONG  it adds nothing"),
            (lambda layer: torch.nn.Linear(7, 4, bias=False), "WRONG  of a one-hot"),
        ],
    ),
    "average": (
        [weight_gradient, by_index],
        [
            (lambda grad, ids, many: weight_gradient(grad, ids, many, mean=False), "sum of the vectors"),
            (lambda grad, ids, many: weight_gradient(grad, ids, many, filler=True), "gets a gradient"),
            (once, "stands twice counts once"),
        ],
    ),
}
