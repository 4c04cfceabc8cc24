"""Many networks of one architecture, trained at once.

Each seed is trained with each learning rate. All these networks are one stack
of matrices, and one step changes them all. They come to the same weights as
in a loop over them, to rounding.
"""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from jaxtyping import Bool, Shaped
from torch import Tensor, nn, optim
from torch.nn import functional

from dlbook._checking import Number, checked_number
from dlbook.experiment._crew import Make, crew_for
from dlbook.experiment._feed import Augment, Feed, side_by_side
from dlbook.experiment._loops import Loops, outputs_of, state
from dlbook.experiment._measures import metric_for
from dlbook.experiment._progress import told
from dlbook.experiment._recipe import Recipe
from dlbook.experiment._refusals import (
    checked_data,
    checked_rates,
    checked_seeds,
    checked_steps,
    refuse_uncallable,
)
from dlbook.experiment._start import built, refuse_no_maker
from dlbook.experiment._watch import Watch
from dlbook.experiment.metrics import Measure, Metric
from dlbook.experiment.parts import Data

POINTS = 30  # how often a run is looked at, if nothing else is said
SOME = 16  # new examples on which a stack is tried


# --8<-- [start:fit_many]
def fit_many(
    make: Make, seeds: Iterable[int],
    data: Data | Callable[[int], Data],
    *, steps: int, rates: Number | Iterable[Number] = 0.001, batch: int = 32,
    loss: Measure = functional.cross_entropy,
    optimizer: Callable[..., Any] = optim.Adam,
    metric: str | Measure | Metric = "wrong",
    schedule: Callable[[float], float] | None = None,
    clip: Number | None = None, augment: Augment | None = None,
    every: int | None = None, together: bool = True,
) -> "Many":
    """Train a network for each seed with each learning rate, all at once.

    They come to what a loop over them comes to, up to rounding: a step of both
    is compared first. What cannot be done at once is done in that loop, and
    `reason` says why: batch norm that counts, a branch on the numbers, a layer
    that `torch.func.vmap` has no rule for.

    >>> from dlbook.data import digits
    >>> def make():
    ...     return nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
    >>> from dlbook.experiment import split
    >>> data = split(*digits(), seed=0)
    >>> many = fit_many(make, range(3), data, steps=9, rates=[0.001, 0.01])
    >>> many.validation.shape, many.reason
    (torch.Size([2, 3, 9]), '')

    Args:
        make: gives a network; draws its start from the generator that it is
            given, or from torch's own, which is seeded alike.
        seeds: each decides the start, the order of the examples and the noise
            of its networks, as `dlbook.experiment.streams` says.
        data: what to learn from and what to look at, or what makes it from a
            seed. The test part is not touched.
        steps: how many times the weights change.
        rates: the learning rates.
        batch: how many examples each step sees (all, if there are fewer).
        loss: from outputs and targets to one number.
        optimizer: from parameters and `lr=` to an optimiser; a `partial` of
            one of torch carries momentum, weight decay and so on.
        metric: what to measure on the validation examples: "wrong", "right",
            "loss", "perplexity", a function or a `Metric`.
        schedule: from the part of the run that is done, 0 … 1, to a factor
            for the learning rate.
        clip: the greatest length of the gradient of a network.
        augment: from the examples of a batch and a generator to others.
        every: after how many steps to look; by default 30 times in all.
        together: whether to try to train all at once.

    Raises:
        ValueError: for no seeds, equal ones, rates or numbers of steps
            without sense, data of different lengths, names that stand for
            nothing; for networks that a seed does not decide, that share
            parameters, have none, or remember more than their tensors; if
            loss or metric gives no number. It names the values met.
    """
    checked_steps(steps, batch, every)
    refuse_no_maker(make)
    refuse_uncallable(loss=loss, optimizer=optimizer)
    refuse_uncallable(None, schedule=schedule, augment=augment)
    if clip is not None:
        checked_number("clip", clip, above=0)
    recipe = Recipe(loss, optimizer, checked_rates(rates), clip)
    seeds, measure = checked_seeds(seeds), metric_for(metric, loss)
    found = checked_data(data, seeds)
    new = side_by_side([each.validation for each in found])
    crew, reason = crew_for(
        make, seeds, recipe, next(Feed(found, seeds, batch, 1, augment)),
        new.x[:, :SOME], steps if together else 0,
    )
    watch = Watch(crew, new, measure, loss)
    feed = Feed(found, seeds, batch, len(recipe.rates), augment)
    every = every or -(-steps // POINTS)
    for step in told(range(1, steps + 1), len(found) * len(recipe.rates)):
        factor = schedule((step - 1) / steps) if schedule else 1.0
        watch.losses.append(crew.step(*next(feed), factor))
        if step % every == 0 or step == steps:
            watch.look(step)
    many = Many(make, seeds, recipe.rates, measure, reason, watch)
    if isinstance(crew, Loops):
        _refuse_memory(crew.nets[0], many, new.x[0, :SOME])
    return many
# --8<-- [end:fit_many]


# --8<-- [start:many]
class Many:
    """Trained networks, and what was seen of them.

    All that is seen has the axes (rates, seeds, points).

    Attributes:
        seeds: of the networks.
        rates: the learning rates, from low to high.
        reason: why they were trained one by one; "" if all at once.
        points: after how many steps they were looked at.
        train: the mean loss of the batches since the point before.
        validation: the metric on the validation examples.
        validation_loss: the loss on them.
        best_at: (rates, seeds) the place of the point at which each network
            was best.
        best: all tensors of the networks by name, (rates, seeds, *shape), each
            network at its best.
        last: the same after the last step.
    """

    def __init__(
        self, make: Make, seeds: tuple[int, ...], rates: tuple[float, ...],
        metric: Metric, reason: str, watch: Watch,
    ) -> None:
        self.make, self.seeds, self.rates = make, seeds, rates
        self.metric, self.reason = metric, reason
        seen = watch.seen()
        self.points = seen.points
        self.train = self._by_rate(seen.train)
        self.validation = self._by_rate(seen.validation)
        self.validation_loss = self._by_rate(seen.validation_loss)
        self.best_at = self._by_rate(seen.best_at)
        both = watch.best, watch.last
        self.best, self.last = (
            {name: self._by_rate(tensor) for name, tensor in tensors.items()}
            for tensors in both
        )

    def _by_rate(
        self, tensor: Shaped[Tensor, "k *shape"]
    ) -> Shaped[Tensor, "rates seeds *shape"]:
        return tensor.unflatten(0, (len(self.rates), len(self.seeds)))

    @property
    def diverged(self) -> Bool[Tensor, "rates seeds"]:
        """Which networks met a loss that is no finite number."""
        looks = self.train, self.validation, self.validation_loss
        return ~torch.stack(looks).isfinite().all(-1).all(0)

    @torch.no_grad()
    def network(
        self, rate: int = 0, seed: int = 0, *, last: bool = False
    ) -> nn.Module:
        """One of the networks, at its best or after the last step.

        Args:
            rate: the place of its learning rate.
            seed: the place of its seed.
            last: whether it is wanted as it was after the last step.
        """
        tensors = self.last if last else self.best
        device = next(iter(tensors.values())).device
        net = built(self.make, self.seeds[seed]).to(device).eval()
        for name, tensor in state(net).items():
            tensor.copy_(tensors[name][rate, seed])
        return net
# --8<-- [end:many]


def _refuse_memory(net: nn.Module, many: Many, x: Tensor) -> None:
    """Refuse a network that its parameters and buffers do not tell again."""
    both = net, many.network(last=True)
    outputs = [outputs_of(each, x, seed=0) for each in both]
    if not torch.allclose(outputs[0], outputs[1], equal_nan=True):
        raise ValueError(
            "the network remembers something that is neither a parameter nor"
            f" a buffer: {many.reason}; another one with its tensors gives"
            " other outputs"
        )
