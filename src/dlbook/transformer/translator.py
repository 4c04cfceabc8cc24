"""Two small Transformers that have learned to translate numbers.

One reads English and writes Chinese, the other goes back. Their weights are
kept here, in half precision, so that all who look into them see the same:

    python -m dlbook.transformer.translator

trains both anew and keeps them (a minute).
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import torch
from jaxtyping import Bool
from safetensors.torch import load, save_file
from torch import Tensor

from dlbook.transformer.model import Transformer
from dlbook.transformer.numbers import english_text
from dlbook.transformer.pairs import SIGNS, WORDS, Numbers, drawn_numbers
from dlbook.transformer.translation import (
    DIRECTIONS,
    exact,
    fit_pairs,
    number_pairs,
    translate,
)
from dlbook.vocabulary import EOS, PAD

D, HEADS, LAYERS, D_FF = 32, 4, 1, 128
STEPS, RATE, LEARNED, OTHERS = 600, 0.01, 10_000, 1_000
FOLDER, MEASURED = "number_translator", "measured.json"


# --8<-- [start:new]
def new_translator(
    direction: str, generator: torch.Generator
) -> Transformer:
    """A translator that has learned nothing yet.

    Args:
        direction: "to chinese", or "to english".
        generator: to draw the weights from.
    """
    source, target = len(WORDS), len(SIGNS)
    if direction != DIRECTIONS[0]:
        source, target = target, source
    return Transformer(
        source, target, D, HEADS, LAYERS, D_FF, padding=PAD,
        generator=generator,
    )
# --8<-- [end:new]


# --8<-- [start:translator]
def translator(
    direction: str, dtype: torch.dtype = torch.float32
) -> Transformer:
    """The one that has learned from the numbers of `its_numbers`.

    Args:
        direction: "to chinese", or "to english".
        dtype: of its weights.
    """
    model = new_translator(direction, torch.Generator().manual_seed(0))
    place = files("dlbook.transformer") / FOLDER / _file(direction)
    model.load_state_dict(load(place.read_bytes()))
    return model.to(dtype).eval().requires_grad_(False)


def its_numbers() -> Numbers:
    """What both have learned from, and what they have never seen."""
    rng = torch.Generator().manual_seed(0)
    return drawn_numbers(LEARNED, OTHERS, rng)
# --8<-- [end:translator]


def measured() -> dict[str, dict[str, float]]:
    """By direction the share of texts that are right, as they were kept."""
    place = files("dlbook.transformer") / FOLDER / MEASURED
    return json.loads(place.read_text("utf8"))


# --8<-- [start:right]
class Answers(NamedTuple):
    """What a translator has written for numbers.

    Attributes:
        texts: as people write them; without an end, as far as it goes.
        right: which are, from the first token to the last.
    """

    texts: list[str]
    right: Bool[Tensor, " n"]


def answers(
    model: Transformer, numbers: list[int], direction: str
) -> Answers:
    """Let a translator write all these numbers."""
    device = next(model.parameters()).device
    pairs = number_pairs(numbers, direction).to(device)
    found = translate(model, pairs.source)
    vocabulary = SIGNS if direction == DIRECTIONS[0] else WORDS
    texts = [_text(vocabulary.decode(_until_end(row))) for row in found]
    return Answers(texts, exact(found, pairs.target).cpu())
# --8<-- [end:right]


def _until_end(ids: Tensor) -> list[int]:
    row = ids.tolist()[1:]
    return row[: row.index(EOS)] if EOS in row else row


def _text(tokens: list[str]) -> str:
    chinese = all(token in SIGNS.ids for token in tokens)
    return "".join(tokens) if chinese else english_text(tokens)


def _file(direction: str) -> str:
    return f"{direction.replace(' ', '_')}.safetensors"


def _trained(direction: str, numbers: Numbers) -> Transformer:
    model = new_translator(direction, torch.Generator().manual_seed(0))
    fit_pairs(
        model, number_pairs(numbers.learned, direction), steps=STEPS,
        rate=RATE, generator=torch.Generator().manual_seed(0),
    )
    return model.half().float().eval()


def keep(folder: Path) -> dict[str, dict[str, float]]:
    """Train both, keep them in a folder, and say what they are worth."""
    folder.mkdir(exist_ok=True)
    found, numbers = {}, its_numbers()
    for direction in DIRECTIONS:
        model = _trained(direction, numbers)
        halves = {k: v.half() for k, v in model.state_dict().items()}
        save_file(halves, folder / _file(direction))
        found[direction] = {
            name: answers(model, part, direction).right.float().mean().item()
            for name, part in numbers._asdict().items() if name != "learned"
        }
    text = json.dumps(found, indent=1)
    (folder / MEASURED).write_text(f"{text}\n", "utf8")
    return found


if __name__ == "__main__":
    print(keep(Path(__file__).parent / FOLDER))
