"""Real data that needs no download."""

import torch
from jaxtyping import Float
from sklearn.datasets import load_sample_image
from torch import Tensor, nn

PHOTOS = ("china", "flower")  # a temple, a dahlia: 427 by 640 pixels each


def photo(
    name: str = "china", *, width: int | None = None
) -> Float[Tensor, "3 h w"]:
    """A photograph from scikit-learn, in red, green and blue.

    Each value is a float32 from 0 (dark) to 1.

    Args:
        name: "china" or "flower".
        width: shrink to this many columns by averaging (the shape of the
            picture is kept).

    >>> photo("flower").shape
    torch.Size([3, 427, 640])

    Raises:
        ValueError: for another name, or a width not between 1 and 640.
    """
    if name not in PHOTOS:
        raise ValueError(f"there are the photos {PHOTOS}, not {name!r}")
    pixels = torch.from_numpy(load_sample_image(f"{name}.jpg").copy())
    pixels = pixels.permute(2, 0, 1) / 255
    if width is None:
        return pixels
    _, h, w = pixels.shape
    if type(width) is not int or not 1 <= width <= w:
        raise ValueError(
            f"width must be an integer from 1 to {w}, got {width!r}"
        )
    size = max(1, round(h * width / w)), width
    return nn.functional.interpolate(pixels[None], size, mode="area")[0]
