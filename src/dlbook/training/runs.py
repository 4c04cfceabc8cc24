"""A run is a folder: what was asked, what happened, what was learned.

config.json           what was asked, and what it was run with
metrics.jsonl         one line per epoch
curves.svg            the same, drawn
weights.safetensors   of the best epoch by validation, else of the last
states/               what a resumed run needs
"""

import hashlib
import json
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import nn

import dlbook
from dlbook._checking import Number, checked_whole
from dlbook._files import write_text
from dlbook.datasets import DataSet, Images, hold_out, load
from dlbook.experiment.streams import stream
from dlbook.training import checkpoints
from dlbook.training.checkpoints import is_left_over
from dlbook.training.curves import draw
from dlbook.training.inputs import Centred
from dlbook.training.loop import (
    Augment,
    Epoch,
    LossError,
    News,
    Plan,
    Trainer,
)
from dlbook.training.quicker import whiten
from dlbook.training.recipes import recipe
from dlbook.training.registry import Shape, create
from dlbook.training.team import ALONE, Team

CONFIG, METRICS, CURVES = "config.json", "metrics.jsonl", "curves.svg"
WEIGHTS, STATES = "weights.safetensors", "states"
FIXED = "asked", "augment", "model", "data", "shape", "classes"


# --8<-- [start:asked]
@dataclass(frozen=True)
class Asked:
    """What a reader asks of a run.

    Args:
        model: a registered name, or `package.module:factory`.
        data: a name that `load` knows, or a folder of pictures.
        recipe: "textbook", "one-cycle" or "fast".
        epochs: how often each example is seen.
        batch: how many examples each step sees; by default the recipe's.
        lr: the learning rate; by default the recipe's.
        seed: of the starting weights, the order, and the validation set.
        precision: "float32" or "bfloat16".
        validation: how many training pictures are held out to choose by.
        patience: stop after so many epochs without a better one.
        clip: the largest length of a gradient.
        micro: how many examples go through the network at once.
    """

    model: str
    data: str = "digits"
    recipe: str = "textbook"
    epochs: Number = 10
    batch: int | None = None
    lr: Number | None = None
    seed: int = 0
    precision: str = "float32"
    validation: int | None = None
    patience: int | None = None
    clip: Number | None = None
    micro: int | None = None

    def plan(self) -> Plan:
        """The same, as the training loop wants it.

        Raises:
            ValueError: for what makes no sense.
        """
        return Plan(
            self.epochs, self.batch, self.lr, self.seed, recipe(self.recipe),
            self.precision, self.micro, self.clip, self.patience,
        )
# --8<-- [end:asked]


@dataclass(frozen=True)
class Parts:
    """A data set, its training pictures divided in two."""

    data: DataSet
    fit: Images
    validation: Images | None


def divided(asked: Asked, root: Path | None = None) -> Parts:
    """The data of a run: a tenth of its training part chooses, by default.

    Raises:
        ValueError: for data that are not there, or a part without sense.
    """
    data = load(asked.data, root=root)
    many, given = len(data.train.y), asked.validation
    held = many // 10 if given is None else given
    checked_whole("validation", held, 0, most=many - 1)
    if held == 0:
        return Parts(data, data.train, None)
    fit, validation = hold_out(
        data.train, held, generator=stream(asked.seed, "split")
    )
    return Parts(data, fit, validation)


def model_for(asked: Asked, fit: Images, classes: int) -> nn.Module:
    """The model of a run, with its starting weights."""
    c, h, w = fit.x.shape[1:]
    model = create(
        asked.model, shape=(c, h, w), classes=classes, seed=asked.seed
    )
    how = recipe(asked.recipe)
    if how.whitened:
        whiten(model, fit)
    return Centred(model, fit) if how.centred else model


# --8<-- [start:run]
class Run:
    """A training, and the folder that it is written to.

    Args:
        folder: is made; None writes nothing.
        asked: what to train, on what, how.
        device: where to train.
        team: the processes that train together; the first one writes.
        every: write a state after so many steps, besides after each epoch.
        resume: go on from the newest state in the folder.
        root: where the data lie, if not in the usual places.
        augment: changes the pictures of a batch before they are seen.

    Raises:
        ValueError: if the folder holds another run, what was asked makes no
            sense, or a state fits neither model nor data.
    """

    def __init__(
        self, folder: Path | None, asked: Asked, *,
        device: torch.device | None = None, team: Team = ALONE,
        every: int | None = None, resume: bool = False,
        root: Path | None = None, augment: Augment | None = None,
    ) -> None:
        plan = replace(asked.plan(), augment=augment)
        self.folder, self.asked, self.team = folder, asked, team
        self.every = every and checked_whole("every", every, 1)
        self.parts = divided(asked, root)
        classes = len(self.parts.data.classes)
        model = model_for(asked, self.parts.fit, classes)
        self.trainer = Trainer(
            model.to(device or dlbook.device()), self.parts.fit, plan,
            validation=self.parts.validation, team=team,
        )
        self._begin(resume)

    def run(self) -> Iterator[News]:
        """Train to the end; what is yielded is on the disk already.

        Raises:
            LossError: for a loss that is no finite number; the last state
                stays.
        """
        try:
            for news in self.trainer.run():
                if isinstance(news, Epoch):
                    self._write_epoch(news)
                elif self.every and news.number % self.every == 0:
                    self._write_state()
                yield news
        except LossError as error:
            raise LossError(f"{error}; {self.kept()}") from error
        if self._writing:
            draw(self.trainer.progress.epochs, self._at(CURVES))
# --8<-- [end:run]

    def kept(self) -> str:
        """Which state is on the disk, in words."""
        step = None
        if self.folder is not None:
            step = checkpoints.last_step(self._at(STATES))
        if step is None:
            return "no state is on the disk yet"
        return f"the state after step {step} is in {self._at(STATES)}"

    def config(self) -> dict[str, Any]:
        """What was asked, and what belongs to it."""
        model, data = self.trainer.model, self.parts.data
        return {
            "asked": asdict(self.asked),
            "augment": _called(self.trainer.plan.augment),
            "classes": list(data.classes),
            "shape": list(self.parts.fit.x.shape[1:]),
            "examples": len(self.parts.fit.y),
            "validation": len(getattr(self.parts.validation, "y", ())),
            "parameters": sum(p.numel() for p in model.parameters()),
            "model": digest_of(model),
            "data": data.digest,
            "every": self.every,
            "torch": torch.__version__,
            "python": platform.python_version(),
        }

    @property
    def _writing(self) -> bool:
        return self.folder is not None and self.team.writes

    def _at(self, name: str) -> Path:
        assert self.folder is not None
        return self.folder / name

    def _begin(self, resume: bool) -> None:
        if self.folder is None:
            return
        if resume:
            self._resume(self.folder)
        else:
            self._start(self.folder)
        if self._writing:
            self._write_metrics()

    def _start(self, folder: Path) -> None:
        """Make the folder; all processes hear of it if that is refused."""
        fault = _fault_of_used(folder) if self._writing else None
        fault = self.team.agree(fault)
        if fault is not None:
            raise ValueError(fault)
        if self._writing:
            folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(self.config(), indent=2, ensure_ascii=False)
            write_text(folder / CONFIG, text + "\n")

    def _resume(self, folder: Path) -> None:
        before, now = read_config(folder), self.config()
        for key in FIXED:
            if before.get(key) != now[key]:
                raise ValueError(
                    f"{folder} holds a run of another {key}:"
                    f" {before.get(key)}, not {now[key]}"
                )
        state = checkpoints.newest(folder / STATES)
        if state is not None:
            self._load(state, folder)
        if self._writing:
            for place in (folder, folder / STATES):
                checkpoints.clear_left_overs(place)

    def _load(self, state: dict[str, Any], folder: Path) -> None:
        try:
            self.trainer.load(state)
        except ValueError as error:
            raise ValueError(f"{folder / STATES}: {error}") from error

    def _write_epoch(self, news: Epoch) -> None:
        if not self._writing:
            return
        state = self.trainer.state()
        if news.better:
            checkpoints.save_weights(self._at(WEIGHTS), state["model"])
        checkpoints.save(self._at(STATES), state)
        self._write_metrics()

    def _write_state(self) -> None:
        if self._writing and not self.trainer.due:  # else the epoch's follows
            checkpoints.save(self._at(STATES), self.trainer.state())

    def _write_metrics(self) -> None:
        epochs = self.trainer.progress.epochs
        lines = "".join(json.dumps(e.plain()) + "\n" for e in epochs)
        write_text(self._at(METRICS), lines)


# --8<-- [start:read]
def trained(
    folder: Path, root: Path | None = None
) -> tuple[nn.Module, Parts]:
    """The model of a run with what it has learned, and its data.

    Raises:
        ValueError: if the folder holds no run, or its data are others now.
    """
    network = learned(folder)
    parts = divided(network.asked, root)
    if parts.data.digest != network.data:
        raise ValueError(f"{folder} was trained on other data than these")
    return network.model, parts
# --8<-- [end:read]


class Learned(NamedTuple):
    """A model that has been trained, without its data."""

    model: nn.Module
    asked: Asked
    shape: Shape
    classes: tuple[str, ...]
    data: str  # the digest of its data


def learned(folder: Path) -> Learned:
    """The model of a run with what it has learned; needs no data.

    Raises:
        ValueError: if the folder holds no run, or its model is another now.
    """
    config, asked = read_config(folder), read_asked(folder)
    try:
        c, h, w = config["shape"]
        classes, data = tuple(config["classes"]), config["data"]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{folder / CONFIG} is no config: {error}") from error
    model = model_for(asked, _black_and_white(c, h, w), len(classes))
    weights = checkpoints.load_weights(folder / WEIGHTS)
    try:
        model.load_state_dict(weights)
    except RuntimeError as error:
        raise ValueError(
            f"{folder / WEIGHTS} are weights of another model: {error}"
        ) from error
    return Learned(model, asked, (c, h, w), classes, data)


def read_config(folder: Path) -> dict[str, Any]:
    """What a run was asked.

    Raises:
        ValueError: if the folder holds no run.
    """
    try:
        return dict(json.loads((folder / CONFIG).read_text("utf8")))
    except (OSError, ValueError, TypeError) as error:
        raise ValueError(f"{folder} holds no run: {error}") from error


def read_asked(folder: Path) -> Asked:
    """The same, as it was asked.

    Raises:
        ValueError: if the folder holds no run.
    """
    try:
        return Asked(**read_config(folder)["asked"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"{folder / CONFIG} is no config: {error}") from error


def read_metrics(folder: Path) -> list[Epoch]:
    """What each epoch of a run came to.

    Raises:
        ValueError: if the folder holds no metrics, or a line is cut.
    """
    try:
        lines = (folder / METRICS).read_text("utf8").splitlines()
        return [Epoch.of(json.loads(line)) for line in lines]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{folder} holds no metrics: {error}") from error


def digest_of(model: nn.Module) -> str:
    """A short sign for what a model is: its classes and the shapes in them."""
    kinds = [f"{n}: {type(m).__qualname__}" for n, m in model.named_modules()]
    shapes = [f"{n}: {tuple(t.shape)}" for n, t in model.state_dict().items()]
    text = "\n".join(kinds + shapes)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _called(function: Any) -> str | None:
    """Where a function stands, and its name."""
    if function is None:
        return None
    name = getattr(function, "__qualname__", type(function).__qualname__)
    return f"{getattr(function, '__module__', '')}:{name}"


def _black_and_white(c: int, h: int, w: int) -> Images:
    """Two pictures for a centred model, whose own mean is loaded later."""
    x = torch.tensor([0.0, 1.0])[:, None, None, None]
    return Images(x.expand(2, c, h, w), torch.zeros(2, dtype=torch.int64))


def _fault_of_used(folder: Path) -> str | None:
    inside = folder.iterdir() if folder.is_dir() else [folder]
    used = (p for p in inside if p.exists() and not is_left_over(p))
    if next(used, None) is None:
        return None
    return f"{folder} is not empty: name another folder, or resume the run"
