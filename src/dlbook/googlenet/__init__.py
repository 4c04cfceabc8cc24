"""GoogLeNet: blocks of four branches, the net of 2014, and a small one."""

from dlbook.googlenet.inception import (
    Inception,
    Plan,
    break_even,
    convolutions,
    inception_cost,
)
from dlbook.googlenet.network import (
    PLANS,
    GlobalAvgPool2d,
    GoogLeNet,
    Head,
    Scores,
    Stage,
    googlenet_loss,
    stage_table,
)
from dlbook.googlenet.small import PlainNet, SmallGoogLeNet, plain_width

__all__ = [
    "PLANS",
    "GlobalAvgPool2d",
    "GoogLeNet",
    "Head",
    "Inception",
    "PlainNet",
    "Plan",
    "Scores",
    "SmallGoogLeNet",
    "Stage",
    "break_even",
    "convolutions",
    "googlenet_loss",
    "inception_cost",
    "plain_width",
    "stage_table",
]
