"""The photo of the figure "a convolution by hand", as a file that a browser imports.

python tests/support/grey_photo.py docs/theme/widgets/conv_hand.weights.mjs
"""

import base64
import sys
from pathlib import Path

from jaxtyping import UInt8
from torch import Tensor

from dlbook.data import photo

WIDTH = 60
HEAD = """\
// Made by `python tests/support/grey_photo.py`, from a photo by vultilion,
// https://www.flickr.com/photos/vultilion/6056698931/, CC BY 2.0, made grey and shrunk.
"""


def grey() -> UInt8[Tensor, "h w"]:
    """The photo as the figure has it: the mean of its colours, from 0 to 255."""
    return (photo("flower", width=WIDTH).mean(0) * 255).round().byte()


def module() -> str:
    """The text of the file for the page."""
    packed = base64.b64encode(grey().numpy().tobytes()).decode()
    return f'{HEAD}export const WIDTH = {WIDTH};\nexport const PACKED = "{packed}";\n'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(module(), "utf8")
