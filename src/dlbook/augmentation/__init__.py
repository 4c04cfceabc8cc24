"""Data augmentation: other views of the same images, with the same labels."""

from dlbook.augmentation.colours import (
    Colours,
    colour_axes,
    colour_shifts,
    eigen,
    random_colour,
    shift_colours,
    to_bytes,
)
from dlbook.augmentation.mixing import (
    in_turn,
    mixup,
    random_cutout,
    random_mixup,
)
from dlbook.augmentation.places import (
    count_views,
    crop,
    flip,
    framed,
    mean_prediction,
    random_crop,
    random_flip,
    ten_crop,
)
from dlbook.augmentation.turning import bilinear, random_rotation, rotate

__all__ = [
    "Colours",
    "bilinear",
    "colour_axes",
    "colour_shifts",
    "count_views",
    "crop",
    "eigen",
    "flip",
    "framed",
    "in_turn",
    "mean_prediction",
    "mixup",
    "random_colour",
    "random_crop",
    "random_cutout",
    "random_flip",
    "random_mixup",
    "random_rotation",
    "rotate",
    "shift_colours",
    "ten_crop",
    "to_bytes",
]
