"""The translator of numbers as a file that a browser imports.

    python -m dlbook.transformer.sending docs/theme/widgets/translate.weights.mjs

The weights are those that `translator("to chinese")` has, in the half
precision in which they are kept: nothing is rounded again.
"""

import base64
import json
import sys
from pathlib import Path

from torch import Tensor

from dlbook.transformer.pairs import SIGNS, WORDS
from dlbook.transformer.translator import DIRECTIONS, HEADS, translator

HEAD = "// Made by `python -m dlbook.transformer.sending`, from src/dlbook/transformer/number_translator.\n"


def packed(weights: dict[str, Tensor]) -> str:
    """All numbers in a row, in half precision and base64."""
    rows = (w.half().numpy().astype("<f2").tobytes() for w in weights.values())
    return base64.b64encode(b"".join(rows)).decode()


def module() -> str:
    """The text of the file for the page."""
    weights = translator(DIRECTIONS[0]).state_dict()
    said = {
        "WORDS": WORDS.tokens,
        "SIGNS": SIGNS.tokens,
        "HEADS": HEADS,
        "SHAPES": {name: list(w.shape) for name, w in weights.items()},
        "PACKED": packed(weights),
    }
    lines = (
        f"export const {name} = {json.dumps(value, ensure_ascii=False)};\n"
        for name, value in said.items()
    )
    return HEAD + "".join(lines)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(module(), "utf8")
