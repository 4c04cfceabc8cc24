"""How networks are trained: the loss, the optimiser, a rate for each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn, optim

from dlbook._checking import Number
from dlbook.experiment.metrics import Measure
from dlbook.gradient_descent import SGD, Adam

# What they do to one weight does not depend on the others.
EACH_WEIGHT_BY_ITSELF = (
    optim.ASGD, optim.Adadelta, optim.Adagrad, optim.Adam, optim.AdamW,
    optim.Adamax, optim.NAdam, optim.RAdam, optim.RMSprop, optim.Rprop,
    optim.SGD, SGD, Adam,
)
FUSED = optim.Adam, optim.AdamW, optim.SGD  # in one pass over the memory


# --8<-- [start:recipe]
@dataclass(frozen=True)
class Recipe:
    """What decides how weights change.

    Attributes:
        loss: from outputs and targets to one number.
        optimizer: from parameters and `lr=` to an optimiser.
        rates: the learning rates; each network is trained with each.
        clip: gradients of a network longer than this are made as long.
    """

    loss: Measure
    optimizer: Callable[..., Any]
    rates: tuple[float, ...]
    clip: Number | None = None
# --8<-- [end:recipe]

    @property
    def kind(self) -> Any:
        """The class of the optimiser, out of its `partial`."""
        kind = self.optimizer
        while isinstance(kind, partial):
            kind = kind.func
        return kind

    def optimizer_for(self, *args: Any, **kwargs: Any) -> Any:
        """An optimiser, in its fastest form if the form was left open."""
        chosen = getattr(self.optimizer, "keywords", {})
        open_form = not {"fused", "foreach", "capturable"} & chosen.keys()
        if self.kind in FUSED and open_form:
            kwargs["fused"] = True
        return self.optimizer(*args, **kwargs)


class ForRows:
    """The optimiser of a stack: each rate has its rows of the weights."""

    def __init__(
        self, recipe: Recipe, weights: Float[Tensor, "k p"]
    ) -> None:
        self.recipe = recipe
        self.rows = weights.chunk(len(recipe.rates))
        pairs = list(zip(self.rows, recipe.rates, strict=True))
        if issubclass(recipe.kind, optim.Optimizer):
            groups = [{"params": [rows], "lr": rate} for rows, rate in pairs]
            self.optimizers = [recipe.optimizer_for(groups)]
        else:
            self.optimizers = [
                recipe.optimizer_for([rows], lr=rate) for rows, rate in pairs
            ]

    def step(self, gradients: Float[Tensor, "k p"], factor: float) -> None:
        """Change the weights, with the rates times the factor."""
        if self.recipe.clip is not None:
            lengths = gradients.norm(dim=1, keepdim=True)
            gradients *= (self.recipe.clip / (lengths + 1e-6)).clamp(max=1)
        parts = gradients.chunk(len(self.rows))
        for rows, part in zip(self.rows, parts, strict=True):
            rows.grad = part
        set_rates(self.optimizers, self.recipe.rates, factor)
        for optimizer in self.optimizers:
            optimizer.step()


def set_rates(
    optimizers: Iterable[Any], rates: Iterable[float], factor: float
) -> None:
    """Give each group of parameters its rate, whoever's optimiser it is."""
    holders = [
        holder for optimizer in optimizers
        for holder in getattr(optimizer, "param_groups", [optimizer])
    ]
    for holder, rate in zip(holders, rates, strict=True):
        if isinstance(holder, dict):
            holder["lr"] = rate * factor
        else:
            holder.lr = rate * factor


def trainable(net: nn.Module) -> list[nn.Parameter]:
    """The parameters that training may change."""
    return [p for p in net.parameters() if p.requires_grad]


def learnable(loss: object) -> Tensor:
    """The loss, if it is one number that weights can learn from.

    Raises:
        ValueError: if it is not.
    """
    if not torch.is_tensor(loss) or loss.numel() != 1:
        met = tuple(loss.shape) if torch.is_tensor(loss) else repr(loss)
        raise ValueError(f"loss must give one number, got {met}")
    if not loss.requires_grad:
        raise ValueError(
            "loss must depend on parameters that training may change"
        )
    return loss.reshape(())
