"""Preconditioning: a metric in which the valley is round.

Descent along P⁻¹g, with a table P of our choice, walks in the bowl H as plain
descent does in the bowl P^(-1/2) H P^(-1/2). Newton's method takes P = H.
Source: Nocedal and Wright (2006), "Numerical optimization", sections 2.2 and 5.1.
"""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from dlbook._checking import Number, checked_number


# --8<-- [start:newton]
def newton_step(
    loss: Callable[[Tensor], Tensor], point: Float[Tensor, " d"]
) -> Float[Tensor, " d"]:
    """Where one step of Newton's method leads: point - H⁻¹g.

    Args:
        loss: from a point to one number, twice differentiable.
        point: where to begin; it is not changed.
    """
    gradient = torch.autograd.functional.jacobian(loss, point)
    hessian = torch.autograd.functional.hessian(loss, point)
    return point - torch.linalg.solve(hessian, gradient)
# --8<-- [end:newton]


# --8<-- [start:condition]
def condition(hessian: Float[Tensor, "d d"]) -> float:
    """The condition number κ: the largest curvature over the smallest."""
    values = torch.linalg.eigvalsh(hessian)
    if not values[0] > 0:
        raise ValueError(
            "a bowl curves upwards in every direction, got the curvature"
            f" {values[0].item():.3g}"
        )
    return (values[-1] / values[0]).item()


def rescaled(
    hessian: Float[Tensor, "d d"], power: Number = 1.0
) -> Float[Tensor, "d d"]:
    """The bowl that descent sees with each weight's own scale.

    Each gradient is divided by its curvature H_kk to this power: 0 is plain
    descent, 1 the diagonal of Newton's method, 1/2 what Adam comes close to.

    >>> rescaled(torch.tensor([[4.0, 1.0], [1.0, 1.0]]))
    tensor([[1.0000, 0.5000],
            [0.5000, 1.0000]])
    """
    scale = hessian.diagonal() ** (-checked_number("power", power) / 2)
    return scale[:, None] * hessian * scale
# --8<-- [end:condition]
