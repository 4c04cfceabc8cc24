"""The training loop: pictures in, news out, and no model known.

    for each epoch, for each batch of it:
        rate     the schedule's share of the learning rate
        loss     mean over the whole batch, part by part
        update   gradients, clipped if asked for, then a step
        news     what has happened, for whoever reads it

It prints nothing and writes nothing. Who reads the news does.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from dlbook._checking import Number, checked_number, checked_whole
from dlbook.datasets import Images, pixels
from dlbook.training.chance import SEEDS, draws, order, seeded
from dlbook.training.quicker import pool_first
from dlbook.training.recipes import (
    TEXTBOOK,
    Recipe,
    checked_rate,
    set_rates,
)
from dlbook.training.scoring import (
    Score,
    device_of,
    evaluate,
    refuse_no_pictures,
)
from dlbook.training.team import ALONE, Team

PRECISIONS = {"float32": torch.float32, "bfloat16": torch.bfloat16}
NOT_COUNTED = -100  # the label of a picture whose loss is left out
Augment = Callable[[Tensor, torch.Generator], Tensor]


# --8<-- [start:plan]
@dataclass(frozen=True)
class Plan:
    """How long and how to train.

    Args:
        epochs: how often each example is seen; 1.25 ends within the second.
        batch: how many examples each step sees; by default the recipe's.
        lr: the learning rate; by default the recipe's.
        seed: decides the order of the examples and what chance else does.
        recipe: the optimiser and the schedule.
        precision: "float32", or "bfloat16" for the products of the network.
        micro: how many examples go through the network at once; the
            gradients of one batch are added up. By default the whole batch.
        clip: the largest length of a gradient; longer ones are shortened.
        patience: stop once so many epochs have not bettered the validation
            accuracy.
        augment: changes the pictures of a batch before they are seen.

    Raises:
        ValueError: for numbers without sense.
    """

    epochs: Number = 10
    batch: int | None = None
    lr: Number | None = None
    seed: int = 0
    recipe: Recipe = TEXTBOOK
    precision: str = "float32"
    micro: int | None = None
    clip: Number | None = None
    patience: int | None = None
    augment: Augment | None = None

    def __post_init__(self) -> None:
        checked_number("epochs", self.epochs, above=0)
        checked_rate(self.rate)
        checked_whole("batch", self.size, 1)
        checked_whole("seed", self.seed, 0, most=SEEDS - 1)
        for name in ("micro", "patience"):
            if getattr(self, name) is not None:
                checked_whole(name, getattr(self, name), 1)
        if self.clip is not None:
            checked_number("clip", self.clip, above=0)
        if self.precision not in PRECISIONS:
            raise ValueError(
                f"precision must be one of {tuple(PRECISIONS)},"
                f" got {self.precision!r}"
            )

    @property
    def size(self) -> int:
        return self.recipe.batch if self.batch is None else self.batch

    @property
    def rate(self) -> Number:
        return self.recipe.lr if self.lr is None else self.lr

    def steps(self, examples: int) -> tuple[int, int]:
        """How many updates an epoch and the whole run have."""
        each = math.ceil(examples / self.size)
        return each, max(1, round(self.epochs * each))
# --8<-- [end:plan]


# --8<-- [start:news]
class Step(NamedTuple):
    """One update of the weights."""

    number: int  # from 1, in the whole run
    epoch: int  # from 1
    loss: float  # mean over the batch, before the update
    rate: float
    of: int  # how many steps the run has


class Epoch(NamedTuple):
    """Each example was seen once; or the run is at its end."""

    number: int  # from 1
    step: int  # the updates so far
    loss: float  # mean over the examples as they were seen
    accuracy: float  # of the same examples
    rate: float  # of the last step
    validation: Score | None
    better: bool  # than all epochs before, on the validation pictures
    seconds: float  # of training so far; evaluation is not counted

    def plain(self) -> dict[str, Any]:
        """As numbers and dicts, such as JSON holds."""
        score = self.validation
        return {**self._asdict(), "validation": score and score._asdict()}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Epoch":
        score = plain["validation"]
        return cls(**{**plain, "validation": score and Score(**score)})


News = Step | Epoch
# --8<-- [end:news]


@dataclass
class Progress:
    """What changes while a model is trained, besides it and the optimisers."""

    step: int = 0
    seen: int = 0  # of this epoch
    loss: float = 0.0  # sum over what was seen of this epoch
    right: int = 0
    seconds: float = 0.0
    best: float = -1.0  # the best validation accuracy so far
    stale: int = 0  # epochs since then
    stopped: bool = False
    epochs: list[Epoch] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As numbers, lists and dicts."""
        return {**vars(self), "epochs": [e.plain() for e in self.epochs]}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Progress":
        epochs = [Epoch.of(each) for each in plain["epochs"]]
        return cls(**{**plain, "epochs": epochs})


class LossError(ArithmeticError):
    """A loss that is no finite number; the weights are as before its step."""


# --8<-- [start:trainer]
class Trainer:
    """A model, its pictures and a plan; each turn of the loop is one update.

    Args:
        model: gives logits; is changed, on the device where it is.
        images: to learn from.
        plan: how.
        validation: pictures to look at after each epoch, not to learn from.
        team: the processes that train together.

    Raises:
        ValueError: for no pictures, a model without weights, or patience
            without pictures to validate on.
    """

    def __init__(
        self, model: nn.Module, images: Images, plan: Plan, *,
        validation: Images | None = None, team: Team = ALONE,
    ) -> None:
        _refuse(model, images)
        _refuse_blind_patience(plan, validation)
        self.model, self.plan, self.team = model, plan, team
        self.validation, self.device = validation, device_of(model)
        self.images = Images(*(each.to(self.device) for each in images))
        if plan.recipe.channels_last:
            in_memory = {"memory_format": torch.channels_last}
            model.to(**in_memory)  # type: ignore[call-overload]
        self.optimizers = plan.recipe.optimizers(model, plan.rate)
        quick = pool_first(model) if plan.recipe.pool_first else model
        self.network = team.joined(quick)
        self.progress = Progress()
        self._shuffled = -1, torch.empty(0)

    def run(self) -> Iterator[News]:
        """Train from where `progress` is to the end of the plan.

        Raises:
            LossError: for a loss that is no finite number.
        """
        self.network.train()
        now, (_, total) = self.progress, self.plan.steps(len(self.images.y))
        while self.due or (now.step < total and not now.stopped):
            yield self._epoch() if self.due else self._step()

    @property
    def due(self) -> bool:
        """Whether an epoch has been seen that is not accounted for yet."""
        now, (each, total) = self.progress, self.plan.steps(len(self.images.y))
        return now.seen > 0 and (now.step % each == 0 or now.step >= total)
# --8<-- [end:trainer]

    def _step(self) -> Step:
        """One update, its chance drawn by its number, its time taken."""
        now, (each, total) = self.progress, self.plan.steps(len(self.images.y))
        began = time.perf_counter()
        with self._seeded():
            step = self._update(*divmod(now.step, each), total)
        now.seconds += time.perf_counter() - began
        return step

    def _seeded(self) -> AbstractContextManager[None]:
        step, rank = self.progress.step, self.team.rank
        return seeded(self.plan.seed, step, self.device, rank)

    # --8<-- [start:update]
    def _update(self, epoch: int, place: int, total: int) -> Step:
        """One step: the loss of a batch, its gradient, an update."""
        now, plan = self.progress, self.plan
        share = plan.recipe.schedule((now.step + 0.5) / total)
        rate = set_rates(self.optimizers, share)
        batch = self._order(epoch)[place * plan.size:][:plan.size]
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        loss, right = self._gradient(batch)
        _refuse_infinite(loss, epoch + 1, now.step + 1)
        if plan.clip is not None:
            nn.utils.clip_grad_norm_(self.model.parameters(), plan.clip)
        for optimizer in self.optimizers:
            optimizer.step()
        now.step += 1
        now.seen += len(batch)
        now.loss += loss * len(batch)
        now.right += right
        return Step(now.step, epoch + 1, loss, rate, total)
    # --8<-- [end:update]

    # --8<-- [start:gradient]
    def _gradient(self, batch: Tensor) -> tuple[float, int]:
        """The gradient of the mean loss of a batch, part by part."""
        x, y = self._mine(batch)
        parts = torch.arange(len(y)).split(self.plan.micro or len(batch))
        sums = torch.zeros(2, dtype=torch.float64)
        for number, part in enumerate(parts, 1):
            with self._forward(last=number == len(parts)):
                logits = self.network(x[part]).float()
                each = _each_loss(logits, y[part])
                # processes are averaged, examples shall be: times their number
                (each.sum() * self.team.size / len(batch)).backward()
            right = (logits.argmax(1) == y[part]).sum()
            sums += torch.stack([each.detach().sum(), right]).double().cpu()
        loss, right = self.team.sum(sums).tolist()
        return loss / len(batch), int(right)
    # --8<-- [end:gradient]

    def _mine(self, batch: Tensor) -> tuple[Tensor, Tensor]:
        """This process's pictures of a batch; at least one, to take part."""
        plan, mine = self.plan, self.team.share(torch.arange(len(batch)))
        idle = len(mine) == 0
        mine = mine if len(mine) else torch.tensor([0])
        if plan.augment is None:
            x = pixels(self.images.x[batch[mine]])
        else:  # the whole batch, so that chance is that of one process
            chance = draws(plan.seed, "augment", self.progress.step)
            x = plan.augment(pixels(self.images.x[batch]), chance)[mine]
        if plan.recipe.channels_last:
            x = x.contiguous(memory_format=torch.channels_last)
        y = self.images.y[batch[mine]]
        return x, torch.full_like(y, NOT_COUNTED) if idle else y

    @contextmanager
    def _forward(self, last: bool) -> Iterator[None]:
        """The precision, the chance and the silence of a forward pass."""
        kind = self.device.type
        dtype = PRECISIONS[self.plan.precision]
        quiet = None if last else getattr(self.network, "no_sync", None)
        with (
            quiet() if quiet else nullcontext(),
            torch.autocast(kind, dtype, enabled=dtype != torch.float32),
        ):
            yield

    def _order(self, epoch: int) -> Tensor:
        if self._shuffled[0] != epoch:
            many = len(self.images.y)
            self._shuffled = epoch, order(many, self.plan.seed, epoch)
        return self._shuffled[1]

    # --8<-- [start:epoch]
    def _epoch(self) -> Epoch:
        """What the epoch has come to, and whether to go on."""
        now, score = self.progress, None
        if self.validation is not None:
            self.team.align(self.model)
            with self._seeded():
                score = evaluate(
                    self.model, self.validation, team=self.team
                )
        better = score is None or score.accuracy > now.best
        now.best = score.accuracy if score and better else now.best
        now.stale = 0 if better else now.stale + 1
        now.stopped = self.plan.patience == now.stale and not better
        loss, accuracy = now.loss / now.seen, now.right / now.seen
        now.seen, now.loss, now.right = 0, 0.0, 0
        each, _ = self.plan.steps(len(self.images.y))
        rate = self.optimizers[0].param_groups[0]["lr"]
        news = Epoch(
            math.ceil(now.step / each), now.step, loss, accuracy, rate,
            score, better, now.seconds,
        )
        now.epochs.append(news)
        return news
    # --8<-- [end:epoch]

    # --8<-- [start:state]
    def state(self) -> dict[str, Any]:
        """All that a resumed run needs, in types that load without code.

        Raises:
            LossError: if a weight is no finite number: no state to keep.
        """
        _refuse_broken(self.model, self.progress.step)
        return {
            "model": self.model.state_dict(),
            "optimizers": [each.state_dict() for each in self.optimizers],
            "progress": self.progress.plain(),
        }

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a state that `state` gave.

        Raises:
            ValueError: if it is that of another model or recipe.
        """
        try:
            self.model.load_state_dict(state["model"])
            pairs = zip(self.optimizers, state["optimizers"], strict=True)
            for optimizer, saved in pairs:
                optimizer.load_state_dict(saved)
            self.progress = Progress.of(state["progress"])
        except (RuntimeError, ValueError, KeyError, TypeError) as error:
            raise ValueError(f"the state does not fit: {error}") from error
    # --8<-- [end:state]


def train(
    model: nn.Module, images: Images, plan: Plan, *,
    validation: Images | None = None,
) -> Iterator[Epoch]:
    """Train a model; yields what each epoch has come to.

    Args:
        model: gives logits; is changed.
        images: to learn from.
        plan: how.
        validation: pictures to look at after each epoch.

    >>> from dlbook.datasets import load
    >>> images = load("digits").train
    >>> net = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
    >>> [news.number for news in train(net, images, Plan(epochs=2))]
    [1, 2]
    """
    run = Trainer(model, images, plan, validation=validation).run()
    yield from (news for news in run if isinstance(news, Epoch))


def _each_loss(logits: Tensor, y: Tensor) -> Tensor:
    return nn.functional.cross_entropy(
        logits, y, reduction="none", ignore_index=NOT_COUNTED
    )


def _refuse_infinite(loss: float, epoch: int, step: int) -> None:
    if not math.isfinite(loss):
        raise LossError(
            f"the loss is {loss} in epoch {epoch}, step {step};"
            " the weights are those before this step"
        )


def _refuse_broken(model: nn.Module, step: int) -> None:
    for name, weight in model.named_parameters():
        if not weight.isfinite().all():
            raise LossError(
                f"after step {step} the weight {name} is no finite number"
            )


def _refuse_blind_patience(plan: Plan, validation: Images | None) -> None:
    if plan.patience is not None and validation is None:
        raise ValueError(
            f"patience of {plan.patience} epochs needs pictures to validate"
            " on, got none"
        )


def _refuse(model: nn.Module, images: Images) -> None:
    if not any(p.requires_grad for p in model.parameters()):
        raise ValueError("the model has no weights that can be trained")
    refuse_no_pictures(images)
