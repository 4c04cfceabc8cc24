"""AlexNet: that of 2012 with two towers, that of one GPU, and a small twin."""

from dlbook.alexnet.drawing import draw_net, draw_tiles, tiles
from dlbook.alexnet.named import alexnet_small
from dlbook.alexnet.network import (
    AlexNet,
    AlexNet2012,
    covered,
    overlapping,
    paper_lrn,
    size_rounded_up,
)
from dlbook.alexnet.small import SmallAlexNet

__all__ = [
    "AlexNet",
    "AlexNet2012",
    "SmallAlexNet",
    "alexnet_small",
    "covered",
    "draw_net",
    "draw_tiles",
    "overlapping",
    "paper_lrn",
    "size_rounded_up",
    "tiles",
]
