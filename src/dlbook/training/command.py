"""The command `dlbook`: train, test, predict; and what there is to choose.

A fault is one sentence and exit status 2. Several processes train together
with `torchrun --nproc-per-node 2 -m dlbook train …`.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import torch
import typer
from torch import nn

import dlbook
from dlbook.datasets import DataError, load, names
from dlbook.datasets.pictures import read_picture
from dlbook.training import registry
from dlbook.training.doctor import Finding, examine
from dlbook.training.loop import PRECISIONS, LossError
from dlbook.training.pictures import changed, fitted
from dlbook.training.recipes import RECIPES
from dlbook.training.runs import (
    Asked,
    Run,
    learned,
    read_asked,
    read_config,
    trained,
)
from dlbook.training.scoring import evaluate, evaluating
from dlbook.training.team import gathered
from dlbook.training.telling import Teller, board, first_line, note
from dlbook.training.text_command import (
    MODEL as TEXT_MODEL,
)
from dlbook.training.text_command import (
    is_of_text,
    score_text,
    train_text,
    written,
)
from dlbook.transformer.generation import Sampler

app = typer.Typer(
    add_completion=False, no_args_is_help=True,
    pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Train a model on pictures or on a text, test it, use it.",
)
KNOWN = ", ".join(names())


def _option(text: str, *called: str) -> Any:
    return typer.Option(*called, help=text, show_default=False)


Device = Annotated[str, _option("auto, cpu, cuda or mps", "--device")]
Model = Annotated[
    str | None,
    typer.Argument(help="a name, or package.module:factory"),
]
Folder = Annotated[Path, typer.Argument(help="the folder of a run")]
Data = Annotated[
    str | None,
    _option(
        f"{KNOWN}, or a folder of pictures by class [digits]; for gpt a file"
        " of text"
    ),
]
Seed = Annotated[int | None, _option("decides what chance does [0]")]


@app.command()
def train(
    model: Model = None,
    data: Data = None,
    recipe: Annotated[
        str | None, _option(f"{', '.join(RECIPES)} [textbook]")
    ] = None,
    epochs: Annotated[
        float | None, _option("how often each picture is seen [10]")
    ] = None,
    batch: Annotated[
        int | None,
        _option("pictures in each step [the recipe's]", "--batch-size"),
    ] = None,
    lr: Annotated[
        float | None, _option("learning rate [the recipe's]")
    ] = None,
    seed: Seed = None,
    device: Device = "auto",
    precision: Annotated[
        str | None, _option(f"{' or '.join(PRECISIONS)} [float32]")
    ] = None,
    validation: Annotated[
        int | None,
        _option("pictures held out to choose by [a tenth]"),
    ] = None,
    patience: Annotated[
        int | None,
        _option("stop after so many epochs without a better one"),
    ] = None,
    clip: Annotated[
        float | None, _option("the largest length of a gradient")
    ] = None,
    micro: Annotated[
        int | None,
        _option("pictures that are looked at together", "--micro-batch"),
    ] = None,
    save_every: Annotated[
        int | None,
        _option("save after so many steps, not only after each epoch"),
    ] = None,
    out: Annotated[
        Path | None, _option("a new folder [runs/MODEL-DATA-SEED]")
    ] = None,
    resume: Annotated[
        Path | None, _option("go on with the run in this folder")
    ] = None,
    tensorboard: Annotated[
        bool, _option("write files for TensorBoard too", "--tensorboard")
    ] = False,
    context: Annotated[
        int | None, _option("gpt: characters that it can see [64]")
    ] = None,
    columns: Annotated[
        int | None, _option("gpt: numbers of a character [64]")
    ] = None,
    heads: Annotated[
        int | None, _option("gpt: heads of each attention [4]")
    ] = None,
    layers: Annotated[int | None, _option("gpt: blocks [2]")] = None,
    dropout: Annotated[
        float | None, _option("gpt: how much is dropped [0.1]")
    ] = None,
) -> None:
    """Train a model. All that is learned goes to a folder."""
    if model == TEXT_MODEL or is_of_text(resume):
        train_text(
            device_named(device), out, resume, refused={
                "--recipe": recipe, "--precision": precision,
                "--validation": validation, "--micro-batch": micro,
                "--save-every": save_every,
                "--tensorboard": tensorboard or None,
            },
            data=data, epochs=epochs, batch=batch, lr=lr, seed=seed,
            patience=patience, clip=clip, context=context, d=columns,
            heads=heads, layers=layers, dropout=dropout,
        )
        return
    _refuse_text_options(
        context=context, columns=columns, heads=heads, layers=layers,
        dropout=dropout,
    )
    given = _given(
        model=model, data=data, recipe=recipe, epochs=epochs, batch=batch,
        lr=lr, seed=seed, precision=precision, validation=validation,
        patience=patience, clip=clip, micro=micro,
    )
    place = device_named(device)
    with gathered(place.type) as team:
        settings = {"device": place, "team": team, "every": save_every}
        run = _run(given, out, resume, settings)
        _follow(run, tensorboard)


@app.command("test")
def score(folder: Folder, device: Device = "auto") -> None:
    """Test what a run has learned on what it has never seen."""
    place = device_named(device)
    if is_of_text(folder):
        print(score_text(folder, place))
        return
    model, parts = trained(folder)
    loss, accuracy, many = evaluate(model.to(place), parts.data.test)
    wrong = round((1 - accuracy) * many)
    print(
        f"{folder} on {parts.data.name}, {many:,} test pictures:"
        f" loss {loss:.4f}, accuracy {accuracy:.4f}, {wrong:,} wrong"
    )


@app.command()
def predict(
    folder: Folder,
    images: Annotated[list[Path], typer.Argument(help="pictures")],
    device: Device = "auto",
) -> None:
    """Say what is on pictures: class and probability of each."""
    network = learned(folder)
    model = network.model.to(device_named(device))
    for path in images:
        x = read_picture(path)
        scores = _scores(model, fitted(x, network.shape))
        p, best = scores.softmax(0).max(0)
        done = changed(x, network.shape)
        note = f" ({done})" if done else ""
        print(f"{path}: {network.classes[int(best)]} {p:.4f}{note}")


@app.command("write")
def go_on(
    folder: Folder,
    begin: Annotated[str, _option("how the text begins")] = "",
    many: Annotated[int, _option("how many characters [200]")] = 200,
    temperature: Annotated[
        float, _option("1 as learned, less for the likely, 0 greedy [1]")
    ] = 1.0,
    top_k: Annotated[
        int | None, _option("draw among so many characters only")
    ] = None,
    top_p: Annotated[
        float, _option("draw among the likely that together have this [1]")
    ] = 1.0,
    seed: Annotated[int, _option("decides what chance does [0]")] = 0,
    device: Device = "auto",
) -> None:
    """Let a gpt go on with a text."""
    sampler = Sampler(
        torch.Generator().manual_seed(seed), temperature, top_k, top_p
    )
    print(written(folder, device_named(device), begin, many, sampler))


@app.command("models")
def list_models() -> None:
    """List the models that have a name."""
    for name in registry.models():
        print(f"{name:12} {registry.described(name)}")
    print(f"{TEXT_MODEL:12} goes on with a text: --data text.txt")
    print("and any package.module:factory, imported from here or installed")


@app.command("data")
def list_data() -> None:
    """List the data sets that have a name."""
    for name in names():
        print(f"{name:14} {_described(name)}")
    print("and any folder with pictures in CLASS/, or in train/ and test/")


@app.command()
def doctor(
    model: Annotated[str, typer.Argument(help="a name, or module:factory")],
    data: Data = None,
    seed: Seed = None,
    device: Device = "auto",
) -> None:
    """Check whether a model is fit to be trained. Status 1 if it is sick."""
    place, found = device_named(device), load(data or "digits")
    c, h, w = found.train.x.shape[1:]
    patient = registry.create(
        model, shape=(c, h, w), classes=len(found.classes), seed=seed or 0,
        tried=False,
    )
    findings = examine(
        patient.to(place), found.train, classes=len(found.classes)
    )
    for finding in findings:
        print(_told(finding))
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def main(arguments: list[str] | None = None) -> None:
    """Run the command; without arguments, with those of the process."""
    try:
        app(args=arguments, prog_name="dlbook")
    except (ValueError, LossError, OSError) as fault:
        _end(fault, 2)


def _end(fault: object, status: int) -> NoReturn:
    """Say in one line what is wrong, and end."""
    rank = os.environ.get("RANK", "0")
    who = "dlbook" if rank == "0" else f"dlbook, process {rank}"
    print(f"{who}: {' '.join(str(fault).split())}", file=sys.stderr)
    raise SystemExit(status)


def device_named(name: str) -> torch.device:
    """The device of this name; on several GPUs, this process's own.

    Raises:
        ValueError: if there is none, or it is not on this machine.
    """
    if name == "auto":
        return _own(dlbook.device())
    known = {
        "cpu": True, "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }
    if name not in known:
        raise ValueError(f"device must be auto or {_or(known)}, got {name!r}")
    if not known[name]:
        here = [each for each, there in known.items() if there]
        raise ValueError(f"no {name} on this machine; there is {_or(here)}")
    return _own(torch.device(name))


def _own(device: torch.device) -> torch.device:
    """Of several GPUs the one with the number that `torchrun` gave."""
    if device.type != "cuda" or "LOCAL_RANK" not in os.environ:
        return device
    number, many = int(os.environ["LOCAL_RANK"]), torch.cuda.device_count()
    if number >= many:
        raise ValueError(
            f"each process needs a GPU of its own, there are {many}:"
            " start fewer, or name --device cpu"
        )
    torch.cuda.set_device(number)
    return torch.device("cuda", number)


def _or(words: Any) -> str:
    return " or ".join(words)


def _refuse_text_options(**options: Any) -> None:
    """Refuse what only the model of a text takes."""
    for name, value in options.items():
        if value is not None:
            raise ValueError(f"--{name} is for {TEXT_MODEL} alone")


def _given(**options: Any) -> dict[str, Any]:
    """What was given, a folder of pictures by its whole path."""
    given = {k: v for k, v in options.items() if v is not None}
    if "data" in given and given["data"] not in names():
        given["data"] = str(Path(given["data"]).expanduser().absolute())
    return given


def _run(
    given: dict[str, Any], out: Path | None, resume: Path | None,
    settings: dict[str, Any],
) -> Run:
    """A new run, or one that goes on."""
    if resume is not None:
        return _resumed(given, out, resume, settings)
    if "model" not in given:
        raise ValueError(f"name a model: {', '.join(registry.models())}, …")
    asked = Asked(**given)
    return Run(out or default_folder(asked), asked, **settings)


def _resumed(
    given: dict[str, Any], out: Path | None, folder: Path,
    settings: dict[str, Any],
) -> Run:
    if out is not None and out.absolute() != folder.absolute():
        raise ValueError(f"a run goes on in {folder}, not in {out}")
    config, asked = read_config(folder), read_asked(folder)
    plan = asked.plan()
    was = {
        **asdict(asked), "batch": plan.size, "lr": plan.rate,
        "validation": config.get("validation"),
    }
    for key, value in given.items():
        if was[key] != value:
            raise ValueError(
                f"{folder} was begun with {key} {was[key]}, not {value}:"
                " a run goes on as it was begun"
            )
    settings["every"] = settings["every"] or config.get("every")
    return Run(folder, asked, resume=True, **settings)


def default_folder(asked: Asked) -> Path:
    """Where a run goes if no folder is named."""
    model = asked.model.replace(":", ".")
    return Path("runs") / f"{model}-{Path(asked.data).name}-{asked.seed}"


def _follow(run: Run, tensorboard: bool) -> None:
    """Train, and tell."""
    team, step = run.team, run.trainer.progress.step
    folder = run.folder / "tensorboard" if run.folder and tensorboard else None
    with (
        board(folder if team.writes else None, step) as writer,
        closing(Teller(run, quiet=not team.writes)) as teller,
        _kept(run),
    ):
        teller.say(first_line(run))
        if step:
            teller.say(f"goes on after step {step:,}")
        for news in run.run():
            teller.tell(news)
            if writer is not None:
                note(writer, news)
        teller.say(_last_line(run))


def _last_line(run: Run) -> str:
    early = run.trainer.progress.stopped
    why = "stopped early, nothing got better; " if early else ""
    return f"{why}test it: dlbook test {run.folder}"


@contextmanager
def _kept(run: Run) -> Iterator[None]:
    """Where training breaks off, say what is on the disk and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        if run.team.writes:
            again = f"{run.kept()}; go on: dlbook train --resume {run.folder}"
            _end(f"stopped; {again}", 130)
        raise SystemExit(130) from None
    except OSError as error:
        raise OSError(f"{error}; {run.kept()}") from error


def _scores(model: nn.Module, x: torch.Tensor) -> torch.Tensor:
    device = next(model.parameters()).device
    with evaluating(model):
        return model(x[None].to(device))[0].float().cpu()


def _described(name: str) -> str:
    """What a data set holds, if it is on this machine."""
    try:
        found = load(name, download=False)
    except DataError:
        return "not on this machine yet: downloaded when it is asked for"
    many, tests = len(found.train.y), len(found.test.y)
    c, h, w = found.train.x.shape[1:]
    return (
        f"{many:,} and {tests:,} to test on, {len(found.classes)} classes,"
        f" {h}×{w}, {c} channel{'s' * (c > 1)}"
    )


def _told(finding: Finding) -> str:
    """One line, and if need be one more with the cure."""
    sign = "ok  " if finding.ok else "SICK"
    line = f"{sign}  {finding.check}: {finding.saw}"
    return line if finding.ok else f"{line}\n      cure: {finding.cure}"
