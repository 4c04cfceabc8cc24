"""The photo of the interactive figure as a file that a browser imports.

    python -m dlbook.augmentation.sending docs/theme/widgets/augment.weights.mjs

Pixels are bytes; the axes of their colours are those of the same bytes,
divided by 255.
"""

import base64
import json
import sys
from pathlib import Path

from jaxtyping import Float64
from torch import Tensor

from dlbook.augmentation.colours import Colours, colour_axes, to_bytes
from dlbook.data import photo

WIDTH = 72
WINDOW = 32, 48
DIGITS = 12  # behind the point: the same on every machine
HEAD = """\
// Made by `python -m dlbook.augmentation.sending`, from a photo by vultilion,
// https://www.flickr.com/photos/vultilion/6056698931/, CC BY 2.0, shrunk.
"""


def small() -> tuple[Float64[Tensor, "1 3 h w"], Colours]:
    """The photo as the figure has it, from 0 to 1, and its axes."""
    pixels = to_bytes(photo("flower", width=WIDTH)[None]).double() / 255
    axes = colour_axes(pixels)
    rounded = [each.round(decimals=DIGITS) for each in axes]
    return pixels, Colours(*rounded)


def module() -> str:
    """The text of the file for the page."""
    pixels, axes = small()
    rows = (pixels[0] * 255).round().byte().permute(1, 2, 0).contiguous()
    packed = base64.b64encode(rows.numpy().tobytes()).decode()
    named = {
        "SIZE": list(pixels.shape[2:]), "WINDOW": list(WINDOW),
        "VALUES": axes.values.tolist(), "VECTORS": axes.vectors.tolist(),
        "PACKED": packed,
    }
    lines = [f"export const {n} = {json.dumps(v)};\n" for n, v in named.items()]
    return HEAD + "".join(lines)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(module(), "utf8")
