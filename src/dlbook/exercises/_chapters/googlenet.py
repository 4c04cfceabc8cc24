"""Checks of the exercises of the chapter GoogLeNet."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d

from dlbook.exercises._forms import Findings, close, equals, hand, holds
from dlbook.fully_connected import count_parameters
from dlbook.googlenet import GoogLeNet

check_by_hand = hand(
    ("channels of 4a", 512, {
        624: "Only the last convolution of a branch gives channels.",
        448: "The branch with the pooling gives channels, too.",
    }),
    ("parameters of 4a", 376_176, {
        375_552: "Biases are missing.",
        376_064: "The bottlenecks have biases, too.",
    }),
    ("multiply-adds of 4a", 73_608_192, {
        375_552: "At each of 14 by 14 places.",
        73_730_496: "A bias is added, it multiplies nothing.",
    }),
)


def check_rank(as_one: Callable[[Tensor, Tensor], Tensor]) -> Findings:
    """A bottleneck and a convolution behind it, as one convolution."""
    g = torch.Generator().manual_seed(0)
    u = torch.randn(3, 6, 1, 1, generator=g)
    v = torch.randn(4, 3, 5, 5, generator=g)
    x = torch.randn(2, 6, 7, 7, generator=g)
    w = as_one(u, v)
    right = torch.einsum("ormn,ri->oimn", v, u[..., 0, 0])
    yield close(
        "it has 4 kernels of 6 channels, 5 by 5", w.shape, [4, 6, 5, 5],
        {"channels out and in are exchanged": [6, 4, 5, 5]},
    )
    yield close(
        "it gives what the two give one behind the other",
        conv2d(x, w), conv2d(conv2d(x, u), v),
        {"the kernels are mirrored": conv2d(x, right.flip(2, 3))},
    )
    rows = w.movedim(1, -1).reshape(-1, 6)
    rank = torch.linalg.matrix_rank(rows, rtol=1e-4)
    yield close(
        "a row of 6 for each kernel and place: the rank is that of the 3"
        " channels in between", rank, 3,
    )


def _shapes(layer: nn.Module) -> list[list[int]]:
    return [list(p.shape) for p in layer.parameters()]


def check_batch_norm(conv: Callable[..., nn.Module]) -> Findings:
    """A maker of a convolution without bias, and batch norm."""
    layer = conv(3, 8, 3, padding=1)
    yield equals(
        "kernels without a bias, then two numbers for each channel",
        sorted(_shapes(layer)), [[8], [8], [8, 3, 3, 3]],
        {
            "the convolution has a bias": [[8], [8], [8], [8, 3, 3, 3]],
            "there is no batch norm": [[8, 3, 3, 3]],
            "it is a plain convolution": [[8], [8, 3, 3, 3]],
            "the norm counts the channels that come in": (
                [[3], [3], [8, 3, 3, 3]]
            ),
        },
    )
    x = torch.randn(5, 3, 6, 6, generator=torch.Generator().manual_seed(0))
    y = layer(x)
    yield close(
        "padding is handed on", y.shape, [5, 8, 6, 6],
        {"it is not": [5, 8, 4, 4]},
    )
    yield close(
        "what comes out has mean 0 and variance 1 in each channel",
        [*y.mean((0, 2, 3)), *y.var((0, 2, 3))], [0.0] * 8 + [1.0] * 8,
        tol=0.03,
    )
    with torch.device("meta"):
        net = GoogLeNet(conv=conv, wide=3, norm=nn.Identity)
    yield close(
        "torchvision's net has the number of parameters of its page",
        count_parameters(net), 6_624_904,
    )


def check_two_threes(conv: Callable[..., nn.Module]) -> Findings:
    """A maker that puts two 3×3 in the place of a 5×5."""
    layer = conv(4, 6, 5, padding=2)
    kernels = [shape[2:] for shape in _shapes(layer) if len(shape) == 4]
    yield equals(
        "a 5×5 becomes two 3×3", kernels, [[3, 3], [3, 3]],
        {
            "it is a 5×5 still": [[5, 5]], "there is one 3×3": [[3, 3]],
            "there are three": [[3, 3]] * 3,
        },
    )
    x = torch.rand(1, 4, 11, 11, generator=torch.Generator().manual_seed(0))
    y = layer(x.requires_grad_())
    yield close(
        "rows and columns are kept", y.shape, [1, 6, 11, 11],
        {"padding is missing": [1, 6, 7, 7],
         "each 3×3 is padded as a 5×5": [1, 6, 15, 15],
         "only one of them is padded": [1, 6, 9, 9]},
    )
    (seen,) = torch.autograd.grad(y[0, :, 5, 5].sum(), x)
    rows = (seen != 0).any(3).any(1)[0].nonzero()
    yield close(
        "a place sees 5 rows, as with a 5×5", rows.max() - rows.min() + 1, 5,
        {"it sees 3": 3, "there is a gap: a dilation": 7},
    )
    for kernel in 1, 3, 7:
        plain = nn.Conv2d(4, 6, kernel)
        yield equals(
            f"a {kernel}×{kernel} stays what it is",
            _shapes(conv(4, 6, kernel)), _shapes(plain),
        )
    yield holds(
        "stride and padding of the others are handed on",
        conv(4, 6, 3, stride=2, padding=1)(x).shape == (1, 6, 6, 6),
        "They are not.",
    )
