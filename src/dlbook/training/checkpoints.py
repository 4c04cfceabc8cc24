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
    coming = folder / f".coming-{os.getpid()}"
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    try:
        save_weights(coming / WEIGHTS, state["model"])
        rest = {key: state[key] for key in state if key != "model"}
        torch.save(rest, coming / REST)
        forced_to_disk(coming / REST)
        shutil.rmtree(place, ignore_errors=True)
        os.replace(coming, place)
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    for old in sorted(folder.glob("step-*"))[:-1]:
        shutil.rmtree(old, ignore_errors=True)
    return place
# --8<-- [end:save]


# --8<-- [start:newest]
def newest(folder: Path) -> dict[str, Any] | None:
    """The state with the largest step; None if there is none.

    Raises:
        ValueError: if its files cannot be read; it names the file.
    """
    found = [p for p in folder.glob("step-*") if NAME.fullmatch(p.name)]
    if not found:
        return None
    place = max(found)
    weights = load_weights(place / WEIGHTS)
    try:
        rest = torch.load(place / REST, weights_only=True)
    except Exception as error:
        raise ValueError(f"{place / REST} cannot be read: {error}") from error
    return {"model": weights, **rest}
# --8<-- [end:newest]


def save_weights(path: Path, weights: dict[str, Tensor]) -> None:
    """Write weights as safetensors: the whole file, or the old one stays."""
    plain = {
        name: each.detach().cpu().contiguous().clone()
        for name, each in weights.items()
    }
    coming = path.with_name(f".coming-{os.getpid()}-{path.name}")
    try:
        save_file(plain, coming)
        forced_to_disk(coming)
        os.replace(coming, path)
    finally:
        coming.unlink(missing_ok=True)


def load_weights(path: Path) -> dict[str, Tensor]:
    """Read weights; no code can hide in them.

    Raises:
        ValueError: if there is no such file, or it is cut or no safetensors.
    """
    try:
        return load_file(path)
    except (SafetensorError, OSError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from error


def write_text(path: Path, text: str) -> None:
    """Write a text: the whole of it, or the old one stays."""
    coming = path.with_name(f".coming-{os.getpid()}-{path.name}")
    try:
        coming.write_text(text, "utf8", newline="\n")
        forced_to_disk(coming)
        os.replace(coming, path)
    finally:
        coming.unlink(missing_ok=True)


def forced_to_disk(path: Path) -> None:
    """Wait until what was written to a file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
