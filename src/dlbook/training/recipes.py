"""How a model is trained: which optimiser, at which rate, in which order.

A recipe knows no model. It sees only kinds of weights: matrices of dense
layers, the filters of the first convolution, all others. And the rate is a
function of the step, so there is no schedule to save or to restore.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import torch
from torch import nn

from dlbook._checking import Number, checked_number

Optimizers = list[torch.optim.Optimizer]


# --8<-- [start:schedules]
def constant(done: Number) -> Number:
    """The same rate at each step."""
    return 1.0


def one_cycle(done: Number, warm: Number = 0.1) -> Number:
    """Up to the full rate in a first part of the run, then down to zero.

    Both ways are straight lines, as in the schedule of Smith and Topin
    (2018, "Super-convergence", section 3), whose last part is left out.

    >>> [one_cycle(done) for done in (0.05, 0.1, 1.0)]
    [0.5, 1.0, 0.0]

    Args:
        done: which part of the run is done, from 0 to 1.
        warm: which part the way up takes.
    """
    return min(done / warm, (1 - done) / (1 - warm)) if warm else 1 - done


def warm_up(done: Number, warm: Number = 0.1) -> Number:
    """Up to the full rate in a first part of the run, then constant."""
    return min(1.0, done / warm)
# --8<-- [end:schedules]


# --8<-- [start:recipe]
@dataclass(frozen=True)
class Recipe:
    """All that belongs to training and not to the model.

    Args:
        name: by which it is known.
        optimizers: from the model and the rate, one or more that share its
            weights. Each keeps the rate that it starts with in `initial_lr`.
        schedule: the share of the rate, from the share of the run that is
            done (between 0 and 1).
        lr: the rate, if the reader names none.
        batch: how many examples each step sees, if the reader names none.
        centred: whether to take the mean of the training pixels off, and to
            divide by their standard deviation.
        channels_last: whether pictures and filters lie in memory with their
            channels side by side.
        pool_first: whether max pooling goes before ReLU: see `pool_first`.
        whitened: whether the first filters are directions of the pictures:
            see `whiten`.
    """

    name: str
    optimizers: Callable[[nn.Module, Number], Optimizers]
    schedule: Callable[[Number], Number] = constant
    lr: Number = 0.1
    batch: int = 64
    centred: bool = False
    channels_last: bool = False
    pool_first: bool = False
    whitened: bool = False


def sgd(model: nn.Module, lr: Number) -> Optimizers:
    """Plain stochastic gradient descent."""
    return [torch.optim.SGD(model.parameters(), lr=lr)]


def nesterov(model: nn.Module, lr: Number) -> Optimizers:
    """SGD with Nesterov momentum of 0.9, all weights in one operation."""
    return [_momentum(model.parameters(), lr)]


TEXTBOOK = Recipe("textbook", sgd)
ONE_CYCLE = Recipe(
    "one-cycle", nesterov, one_cycle, lr=0.05, centred=True,
)
# --8<-- [end:recipe]


def muon(model: nn.Module, lr: Number) -> Optimizers:
    """Muon for the matrices of dense layers, SGD at twice the rate for others.

    Muon makes each step a matrix whose singular values are all alike (Jordan
    et al. 2024, "Muon: an optimizer for hidden layers in neural networks").
    Where PyTorch has no Muon (before 2.9), SGD with momentum takes all.
    """
    if not hasattr(torch.optim, "Muon"):
        return nesterov(model, lr)
    dense = [p for p in model.parameters() if p.ndim == 2]
    others = [p for p in model.parameters() if p.ndim != 2]
    found: Optimizers = []
    if dense:
        found.append(torch.optim.Muon(
            dense, lr=lr, momentum=0.95, weight_decay=0, ns_steps=3
        ))
    if others:
        found.append(_momentum(others, 2 * lr))
    return found


FAST = Recipe(
    "fast", muon, partial(one_cycle, warm=0.01), lr=0.03, batch=256,
    centred=True, channels_last=True, pool_first=True, whitened=True,
)
RECIPES = {each.name: each for each in (TEXTBOOK, ONE_CYCLE, FAST)}


def recipe(name: str) -> Recipe:
    """The recipe of this name.

    Raises:
        ValueError: if there is none.
    """
    if name not in RECIPES:
        raise ValueError(f"there are the recipes {tuple(RECIPES)}, not {name!r}")
    return RECIPES[name]


# --8<-- [start:set_rates]
def set_rates(optimizers: Optimizers, share: Number) -> float:
    """Give each optimiser this share of its own rate. Returns the first."""
    groups = [group for each in optimizers for group in each.param_groups]
    for group in groups:
        group.setdefault("initial_lr", group["lr"])
        group["lr"] = group["initial_lr"] * share
    return groups[0]["lr"]
# --8<-- [end:set_rates]


def checked_rate(lr: Number) -> float:
    """The rate, if it is above zero."""
    return checked_number("lr", lr, above=0)


def _momentum(weights: Iterable, lr: float) -> torch.optim.Optimizer:
    return torch.optim.SGD(weights, lr=lr, momentum=0.9, nesterov=True)

