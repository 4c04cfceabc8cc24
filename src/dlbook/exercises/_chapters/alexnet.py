"""Checks of the exercises of the chapter AlexNet."""

from collections.abc import Callable

from torch import nn

from dlbook.exercises._chapters.lenet import check_dense
from dlbook.exercises._forms import Findings, hand

check_count = hand(
    ("how many parameters it loses", 1600, {
        2400: "One channel of three stays.",
        1632: "The biases stay.", 800: "Two channels go.",
    }),
    ("how many multiply-adds", 1_638_400, {
        2_457_600: "One channel of three stays.",
        1600: "Each kernel works at 32 by 32 places.",
        819_200: "That is what is left in c1.",
    }),
)
check_mean = hand(
    ("parameters of the new last layer", 257_000, {
        256_000: "Each class has a bias.",
        9_217_000: "A mean leaves one number of each map.",
        4_097_000: "It reads the 256 means.",
    }),
    ("parameters of the whole", 2_591_080, {
        2_334_080: "That is the convolutions alone.",
        60_965_224: "f6, f7 and the old output go.",
    }),
)


def check_conv(as_conv: Callable[[nn.Linear, int], nn.Module]) -> Findings:
    """A dense layer as a convolution, as in the chapter LeNet."""
    yield from check_dense(as_conv)
