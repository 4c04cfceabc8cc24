"""The mean of the weights along a walk, and the floor that it lowers.

Sources: Polyak and Juditsky (1992), "Acceleration of stochastic approximation
by averaging"; conventions are those of `torch.optim.swa_utils`.
"""

from collections.abc import Iterable

import torch
from torch import Tensor

from dlbook._checking import Number, checked_number


# --8<-- [start:average]
class Average:
    """A second copy of the weights, the mean of all that they have been.

    Args:
        params: the weights; they are not changed.
        keep: None for the plain mean of all updates, else the share of the
            old mean that an update keeps, in 0 … 1: a mean that fades.

    The first update copies the weights. `values` are the means.
    """

    def __init__(
        self, params: Iterable[Tensor], keep: Number | None = None
    ) -> None:
        self.params = list(params)
        if keep is not None:
            keep = checked_number("keep", keep, least=0, most=1)
        self.keep, self.count = keep, 0
        self.values = [p.detach().clone() for p in self.params]

    @torch.no_grad()
    def update(self) -> None:
        """Take the weights as they are now into the mean."""
        new = 1 / (self.count + 1)
        if self.keep is not None and self.count:
            new = 1 - self.keep
        for mean, p in zip(self.values, self.params, strict=True):
            mean.add_(p - mean, alpha=new)
        self.count += 1
# --8<-- [end:average]


# --8<-- [start:floor]
def floor(lr: Number, curvature: Number, noise: Number) -> float:
    """The mean square distance at which SGD hovers, in one direction.

    Args:
        lr: η, below 2 / curvature.
        curvature: λ of the loss in this direction.
        noise: σ², the variance of the gradient in it.

    >>> floor(lr=0.5, curvature=2, noise=4)
    1.0
    """
    curvature = checked_number("curvature", curvature, above=0)
    lr = checked_number("lr", lr, above=0, below=2 / curvature)
    noise = checked_number("noise", noise, least=0)
    return lr * noise / (curvature * (2 - lr * curvature))
# --8<-- [end:floor]
