"""The photo of the figure on the first page as a file that a browser imports.

    python -m dlbook.convolution.sending docs/theme/widgets/flower.weights.mjs

A pixel is a byte: the mean of red, green and blue, rounded.
"""

import base64
import json
import sys
from pathlib import Path

from jaxtyping import Float64
from torch import Tensor

from dlbook.data import photo

WIDTH = 160
ROWS, COLUMNS = slice(15, 97), slice(38, 120)
HEAD = """\
// Made by `python -m dlbook.convolution.sending`, from a photo by vultilion,
// https://www.flickr.com/photos/vultilion/6056698931/, CC BY 2.0, cropped, shrunk, in grey.
"""


def flower() -> Float64[Tensor, "h w"]:
    """The photo as the figure has it, from 0 to 1."""
    grey = photo("flower", width=WIDTH)[:, ROWS, COLUMNS].double().mean(dim=0)
    return (255 * grey).round() / 255


def module() -> str:
    """The text of the file for the page."""
    pixels = (255 * flower()).round().byte().contiguous()
    packed = base64.b64encode(pixels.numpy().tobytes()).decode()
    return f"{HEAD}export const SIDE = {pixels.shape[0]};\nexport const PACKED = {json.dumps(packed)};\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(module(), "utf8")
