"""What the command `dlbook` does with a text: train, test, write."""

from pathlib import Path
from typing import Any

import torch

from dlbook.training.runs import read_config
from dlbook.training.texts import (
    MODEL,
    AskedText,
    Pass,
    TextRun,
    Written,
    worth,
)
from dlbook.transformer.generation import Sampler

__all__ = ["MODEL", "is_of_text", "score_text", "train_text", "written"]


def is_of_text(folder: Path | None) -> bool:
    """Whether this is the folder of a run on a text."""
    try:
        return folder is not None and read_config(folder)["kind"] == "text"
    except (ValueError, KeyError):
        return False


def train_text(
    device: torch.device, out: Path | None, resume: Path | None,
    *, refused: dict[str, Any], **options: Any,
) -> None:
    """Train, a line for each pass over the text.

    Raises:
        ValueError: for options that are for pictures, or make no sense.
    """
    for name, value in refused.items():
        if value is not None:
            raise ValueError(f"{name} is for pictures, not for {MODEL}")
    given = {k: v for k, v in options.items() if v is not None}
    run = _run(given, out, resume, device)
    config = run.config()
    _say(
        f"{MODEL} on {run.asked.data}: {config['parameters']:,} weights,"
        f" {config['characters']:,} characters to learn from, of"
        f" {len(config['tokens']) - 4:,} kinds, {run.steps:,} steps on"
        f" {device}; all goes to {run.folder}"
    )
    if run.step:
        _say(f"goes on after step {run.step:,}")
    try:
        for news in run.run():
            _say(_line(news, run))
    except KeyboardInterrupt:
        _say(f"stopped; go on: dlbook train --resume {run.folder}")
        raise SystemExit(130) from None
    early = "" if run.step >= run.steps else "nothing got better; "
    _say(f"{early}let it write: dlbook write {run.folder}")


def score_text(folder: Path, device: torch.device) -> str:
    """What a model is worth on the last tenth of its text."""
    model = Written(folder)
    model.model.to(device)
    found = worth(model)
    return (
        f"{folder} on {model.asked.data}, {found.characters:,} characters:"
        f" perplexity {found.model:.2f}; counts of {found.back} back"
        f" {found.counts:.2f}"
    )


def written(
    folder: Path, device: torch.device, begin: str, many: int,
    sampler: Sampler,
) -> str:
    """The beginning, and how the model goes on."""
    model = Written(folder)
    model.model.to(device)
    return begin + model.go_on(begin, many, sampler)


def _run(given, out, resume, device) -> TextRun:
    """A new run, or one that goes on."""
    if resume is not None:
        return _resumed(given, out, resume, device)
    if "data" not in given:
        raise ValueError(f"{MODEL} needs a text: --data text.txt")
    given["data"] = str(Path(given["data"]).expanduser().absolute())
    asked = AskedText(**given)
    name = f"{MODEL}-{Path(asked.data).stem}-{asked.seed}"
    return TextRun(out or Path("runs") / name, asked, device=device)


def _resumed(given, out, folder, device) -> TextRun:
    if out is not None and out.absolute() != folder.absolute():
        raise ValueError(f"a run goes on in {folder}, not in {out}")
    asked = AskedText(**read_config(folder)["asked"])
    for name, value in given.items():
        if getattr(asked, name) != value:
            raise ValueError(
                f"{folder} was begun with {name} {getattr(asked, name)},"
                f" not {value}: a run goes on as it was begun"
            )
    return TextRun(folder, asked, device=device, resume=True)


def _line(news: Pass, run: TextRun) -> str:
    best = ", the best" if news.better else ""
    return (
        f"pass {news.number} of {run.asked.epochs:g}: loss {news.loss:.4f};"
        f" validation perplexity {news.perplexity:.2f}{best};"
        f" {news.seconds:.1f} s"
    )


def _say(line: str) -> None:
    print(line, flush=True)
