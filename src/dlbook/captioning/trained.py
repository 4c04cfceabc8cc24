"""Captioners that are trained already, small enough to come with the package.

`python benchmarks/captioning.py --keep` trained them, as the chapter does it,
and wrote them to `trained_en/` and `trained_zh/`: the weights in whole numbers
of 8 bits, with one factor for each row, and what was measured.
"""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from safetensors.torch import load, save_file
from torch import Tensor

from dlbook._checking import Number
from dlbook.captioning.grammar import LANGUAGES, words_of
from dlbook.captioning.model import Captioner
from dlbook.lenet.reader import quantised, restored

COUNTED = "num_batches_tracked"  # whole numbers of batch norm, of no use now
MATRIX = ".weight"  # only what ends so is kept in 8 bits
WEIGHTS, MEASURED = "weights.safetensors", "measured.json"


# --8<-- [start:captioner]
def captioner(language: str = "en") -> Captioner:
    """A model with attention that says what is in a scene.

    >>> model = captioner("zh")
    >>> model.inject, model.training
    ('attention', False)

    Args:
        language: "en" or "zh".

    Raises:
        ValueError: for another language.
    """
    place = _place(language)
    model = Captioner(len(words_of(language)))
    weights = restored(load((place / WEIGHTS).read_bytes()))
    known = model.state_dict()
    weights = {name if name in known else name.removesuffix(MATRIX): weight
               for name, weight in weights.items()}
    model.load_state_dict(weights, strict=False)  # nothing was counted
    return model.eval().requires_grad_(False)
# --8<-- [end:captioner]


def measured(language: str = "en") -> dict[str, Number]:
    """What was measured when it was trained: see `keep`."""
    return json.loads((_place(language) / MEASURED).read_text("utf8"))


def keep(
    model: Captioner, language: str, found: Mapping[str, Number]
) -> None:
    """Write the weights into the package, and what was measured of them.

    Args:
        model: with attention, of the usual sizes.
        language: its language.
        found: names and numbers.
    """
    place = Path(str(_place(language)))
    place.mkdir(exist_ok=True)
    state = {_named(name, tensor): tensor.detach().cpu().contiguous()
             for name, tensor in model.state_dict().items()
             if not name.endswith(COUNTED)}
    save_file(quantised(state), place / WEIGHTS)
    text = json.dumps(dict(found), indent=1) + "\n"
    (place / MEASURED).write_text(text, "utf8")


def _named(name: str, tensor: Tensor) -> str:
    """All matrices end alike, those of the recurrent layer too."""
    plain = tensor.ndim < 2 or name.endswith(MATRIX)
    return name if plain else name + MATRIX


def _place(language: str):
    if language not in LANGUAGES:
        raise ValueError(
            f"language must be one of {tuple(LANGUAGES)}, got {language!r}"
        )
    return files("dlbook.captioning") / f"trained_{language}"
