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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

import dlbook
from dlbook._checking import checked_whole
from dlbook.datasets import DataSet, Images, hold_out, load
from dlbook.experiment.streams import stream
from dlbook.training import checkpoints
from dlbook.training.inputs import Centred
from dlbook.training.loop import Epoch, News, Plan, Trainer
from dlbook.training.recipes import recipe
from dlbook.training.registry import create
from dlbook.training.team import ALONE, Team

CONFIG, METRICS, CURVES = "config.json", "metrics.jsonl", "curves.svg"


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
    epochs: float = 10
    batch: int | None = None
    lr: float | None = None
    seed: int = 0
    precision: str = "float32"
    validation: int | None = None
    patience: int | None = None
    clip: float | None = None
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


def model_for(asked: Asked, parts: Parts) -> nn.Module:
    """The model of a run, with its starting weights."""
    c, h, w = parts.fit.x.shape[1:]
    model = create(
        asked.model, shape=(c, h, w), classes=len(parts.data.classes),
        seed=asked.seed,
    )
    return Centred(model, parts.fit) if recipe(asked.recipe).centred else model


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

    Raises:
        ValueError: if the folder holds another run, what was asked makes no
            sense, or a state fits neither model nor data.
    """

    def __init__(
        self, folder: Path | None, asked: Asked, *,
        device: torch.device | None = None, team: Team = ALONE,
        every: int | None = None, resume: bool = False,
        root: Path | None = None,
    ) -> None:
        plan = asked.plan()
        self.parts = divided(asked, root)
        self.folder, self.asked, self.team = folder, asked, team
        self.every = every
        model = model_for(asked, self.parts).to(device or dlbook.device())
        self.trainer = Trainer(
            model, self.parts.fit, plan, validation=self.parts.validation,
            team=team,
        )
        self._begin(resume)

    def run(self) -> Iterator[News]:
        """Train to the end; what is yielded is on the disk already."""
        for news in self.trainer.run():
            if isinstance(news, Epoch):
                self._write_epoch(news)
            elif self.every and news.number % self.every == 0:
                self._write_state()
            yield news
# --8<-- [end:run]

    def config(self) -> dict[str, Any]:
        """What was asked, and what belongs to it."""
        model, data = self.trainer.model, self.parts.data
        return {
            "asked": asdict(self.asked),
            "classes": list(data.classes),
            "shape": list(self.parts.fit.x.shape[1:]),
            "examples": len(self.parts.fit.y),
            "validation": len(getattr(self.parts.validation, "y", ())),
            "parameters": sum(p.numel() for p in model.parameters()),
            "model": digest_of(model),
            "data": data.digest,
            "torch": torch.__version__,
            "python": platform.python_version(),
        }

    def _begin(self, resume: bool) -> None:
        if self.folder is None:
            return
        state = self._resumed() if resume else None
        if state is not None:
            self.trainer.load(state)
        if not self.team.writes:
            return
        if not resume:
            _refuse_used(self.folder)
            self.folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(self.config(), indent=2, ensure_ascii=False)
            checkpoints.write_text(self.folder / CONFIG, text + "\n")
        self._write_metrics()

    def _resumed(self) -> dict[str, Any] | None:
        assert self.folder is not None
        before, now = read_config(self.folder), self.config()
        for key in ("asked", "model", "data", "shape", "classes"):
            if before.get(key) != now[key]:
                raise ValueError(
                    f"{self.folder} holds a run of another {key}:"
                    f" {before.get(key)}, not {now[key]}"
                )
        return checkpoints.newest(self.folder / "states")

    def _write_epoch(self, news: Epoch) -> None:
        if self.folder is None or not self.team.writes:
            return
        if news.better:
            weights = self.trainer.model.state_dict()
            checkpoints.save_weights(self.folder / "weights.safetensors", weights)
        self._write_state()
        self._write_metrics()

    def _write_state(self) -> None:
        if self.folder is not None and self.team.writes:
            checkpoints.save(self.folder / "states", self.trainer.state())

    def _write_metrics(self) -> None:
        assert self.folder is not None
        epochs = self.trainer.progress.epochs
        lines = "".join(json.dumps(e.plain()) + "\n" for e in epochs)
        checkpoints.write_text(self.folder / METRICS, lines)


# --8<-- [start:read]
def trained(
    folder: Path, root: Path | None = None
) -> tuple[nn.Module, Parts]:
    """The model of a run with what it has learned, and its data.

    Raises:
        ValueError: if the folder holds no run, or its data are others now.
    """
    config = read_config(folder)
    asked = Asked(**config["asked"])
    parts = divided(asked, root)
    if parts.data.digest != config["data"]:
        raise ValueError(f"{folder} was trained on other data than these")
    model = model_for(asked, parts)
    weights = checkpoints.load_weights(folder / "weights.safetensors")
    model.load_state_dict(weights)
    return model, parts
# --8<-- [end:read]


def read_config(folder: Path) -> dict[str, Any]:
    """What a run was asked.

    Raises:
        ValueError: if the folder holds no run.
    """
    try:
        return json.loads((folder / CONFIG).read_text("utf8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{folder} holds no run: {error}") from error


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


def _refuse_used(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(
            f"{folder} is not empty: name another folder, or resume the run"
        )
