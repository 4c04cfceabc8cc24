"""Checks of the exercises of the chapter Convolutional networks."""

import copy
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from dlbook.cnn import CNN
from dlbook.exercises._forms import Findings, close, hand

check_count = hand(
    ("parameters of the first convolution", 320, {
        288: "Each kernel has a bias.", 32: "Each kernel has 9 weights.",
    }),
    ("of the second", 18_496, {
        18_432: "Each kernel has a bias.", 640: "It reads 32 channels.",
    }),
    ("of the first dense layer", 401_536, {
        401_408: "Each unit has a bias.",
        1_605_760: "There is a second pooling: 7 by 7 are left.",
    }),
    ("of the second", 1290, {1280: "Each unit has a bias."}),
    ("multiply-adds of the first convolution", 225_792, {
        7056: "There are 32 kernels.", 56_448: "It works before its pooling.",
    }),
    ("of the second", 3_612_672, {
        14_450_688: "It works behind the first pooling, on 14 by 14.",
        112_896: "It reads 32 channels.",
    }),
    ("of the first dense layer", 401_408, {401_536: "A bias is added."}),
    ("of the second", 1280, {1290: "A bias is added."}),
)


def _small() -> Any:
    g = torch.Generator().manual_seed(0)
    return CNN(
        (1, 8, 8), [4, 6], [3], generator=g, conv=nn.Conv2d, pool=nn.MaxPool2d
    )


def check_order(reordered: Callable[[nn.Module, Tensor], Any]) -> Findings:
    """Kernels of the first layer in another order."""
    net, order = _small(), torch.tensor([2, 0, 3, 1])
    x = torch.rand(5, 1, 8, 8, generator=torch.Generator().manual_seed(1))
    first, second = (i for i, part in enumerate(net.features)
                     if any(True for _ in part.parameters()))
    before = net(x).detach()
    made = reordered(net, order)
    yield close(
        "the kernels of the first layer stand in the order asked for",
        made.features[first].weight, net.features[first].weight[order],
        {"they stand as before": net.features[first].weight},
    )
    yield close(
        "their biases go with them", made.features[first].bias,
        net.features[first].bias[order],
        {"they stand as before": net.features[first].bias},
    )
    alike = copy.deepcopy(net)
    with torch.no_grad():
        for part in alike.features[first].parameters():
            part.copy_(part[order])
    inverse = order.argsort()
    weight = net.features[second].weight
    yield close(
        "the second layer reads each map where it now stands",
        made.features[second].weight, weight[:, order],
        {
            "its input channels stand as before": weight,
            "they are ordered the other way round": weight[:, inverse],
        },
    )
    yield close(
        "the network computes the same", made(x), before,
        {"only the first layer is changed": alike(x)},
    )


def check_occlusion(
    occlusion: Callable[[nn.Module, Tensor, int], Tensor],
) -> Findings:
    """The probability of the right class with a square covered."""
    net = _small()
    image = torch.rand(1, 8, 8, generator=torch.Generator().manual_seed(1))
    right, bright = (_covered(net, image, ink) for ink in (0.0, 1.0))
    yield close(
        "at each of 7 by 7 places, the probability with 2×2 pixels at 0",
        occlusion(net, image, 2), right,
        {
            "the square is white, and not 0": bright,
            "rows and columns are exchanged": right.T,
        },
        tol=1e-5,
    )
    table = occlusion(net, image, 0)
    yield close(
        "the probabilities of all classes sum to 1 at each place",
        table + occlusion(net, image, 1) + occlusion(net, image, 2),
        torch.ones(7, 7),
    )


@torch.no_grad()
def _covered(net: nn.Module, image: Tensor, ink: float) -> Tensor:
    """The probability of class 2 with 2×2 pixels of this ink."""
    images = image.repeat(49, 1, 1, 1)
    for place in range(49):
        i, j = divmod(place, 7)
        images[place, :, i : i + 2, j : j + 2] = ink
    return net(images).softmax(1)[:, 2].reshape(7, 7)
