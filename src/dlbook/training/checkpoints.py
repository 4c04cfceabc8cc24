"""States on disk: whole or not there, and loaded without running code.

A state is written to a folder beside its place, forced to the disk and then
renamed: a process killed at any moment leaves the last state or the next.
Weights are safetensors; all else is read by `torch.load(weights_only=True)`,
which refuses whatever could run code.
"""

import os
import re
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from dlbook._files import forced_to_disk, whole

NAME = re.compile(r"step-(\d{9})")
WEIGHTS, REST = "weights.safetensors", "state.pt"


# --8<-- [start:save]
def save(folder: Path, state: dict[str, Any]) -> Path:
    """Write a state under the number of its step; older ones then go.

    Args:
        folder: where states lie; it is made if it is not there.
        state: as `Trainer.state` gives it.
    """
    place = folder / f"step-{state['progress']['step']:09}"
    if place.exists():  # a step has one state
        return place
    coming = folder / f".coming-{os.getpid()}"
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    try:
        save_weights(coming / WEIGHTS, state["model"])
        rest = {key: state[key] for key in state if key != "model"}
        torch.save(rest, coming / REST)
        forced_to_disk(coming / REST)
        os.replace(coming, place)
        forced_to_disk(folder)
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    for old in sorted(folder.glob("step-*"))[:-1]:
        shutil.rmtree(old, ignore_errors=True)
    return place
# --8<-- [end:save]


def last_step(folder: Path) -> int | None:
    """The step of the newest state; None if there is none."""
    place = _newest_place(folder)
    return None if place is None else int(place.name.removeprefix("step-"))


def _newest_place(folder: Path) -> Path | None:
    found = [p for p in folder.glob("step-*") if NAME.fullmatch(p.name)]
    return max(found, default=None)


# --8<-- [start:newest]
def newest(folder: Path) -> dict[str, Any] | None:
    """The state with the largest step; None if there is none.

    Raises:
        ValueError: if its files cannot be read; it names the file.
    """
    place = _newest_place(folder)
    if place is None:
        return None
    weights, file = load_weights(place / WEIGHTS), place / REST
    try:
        rest = torch.load(file, weights_only=True, map_location="cpu")
        return {"model": weights, **rest}
    except Exception as error:  # torch.load raises many kinds
        why = str(error).partition("\n")[0]
        raise ValueError(f"{file} cannot be read: {why}") from error
# --8<-- [end:newest]


def save_weights(path: Path, weights: dict[str, Tensor]) -> None:
    """Write weights as safetensors: the whole file, or the old one stays."""
    plain = {
        name: each.detach().cpu().contiguous().clone()
        for name, each in weights.items()
    }
    with whole(path) as coming:
        save_file(plain, coming)


def load_weights(path: Path) -> dict[str, Tensor]:
    """Read weights; no code can hide in them.

    Raises:
        ValueError: if there is no such file, or it is cut or no safetensors.
    """
    try:
        return load_file(path)
    except (SafetensorError, OSError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from error


def is_left_over(path: Path) -> bool:
    """Whether a process was killed while it wrote this."""
    return path.name.startswith(".coming-")


def clear_left_overs(folder: Path) -> None:
    """Delete what processes that were killed had half written."""
    for left in filter(is_left_over, folder.glob(".*")):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
