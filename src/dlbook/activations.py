"""Activations: the bends between the layers, and how steep they are.

    sigmoid(x)    = 1 / (1 + exp(-x))
    tanh(x)       = (1 - exp(-2x)) / (1 + exp(-2x))
    relu(x)       = x if x > 0 else 0
    leaky_relu(x) = x if x > 0 else slope * x
    gelu(x)       = x * Phi(x)        Phi(x): the share of a normal
    silu(x)       = x * sigmoid(x)            distribution that lies below x

Each works number by number on tensors of any shape, and has its derivative
beside it. No exponential overflows, on the way there or back. Half precision
is computed in single and rounded at the end, as torch does. Sources: Maas,
Hannun and Ng (2013) for the leak; Hendrycks and Gimpel (2016) for GELU and
SiLU, https://arxiv.org/abs/1606.08415.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from dlbook._checking import checked_floating, checked_number, checked_wide

Map = Callable[[Tensor], Tensor]


# --8<-- [start:sigmoid]
def sigmoid(x: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """From 0 to 1, as an S.

    >>> sigmoid(torch.tensor([-1000.0, 0.0, 1000.0]))
    tensor([0.0000, 0.5000, 1.0000])

    Raises:
        ValueError: if x holds no floating-point numbers; so do all below.
    """
    wide = checked_wide("x", x)
    right = 1 / (1 + torch.exp(-wide.clamp(min=0)))  # never a power above 0
    e = torch.exp(wide.clamp(max=0))
    return torch.where(wide >= 0, right, e / (1 + e)).to(x.dtype)


def sigmoid_derivative(x: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """sigmoid(x) * (1 - sigmoid(x)), and 1 - sigmoid(x) = sigmoid(-x)."""
    wide = checked_wide("x", x)
    return (sigmoid(wide) * sigmoid(-wide)).to(x.dtype)
# --8<-- [end:sigmoid]


# --8<-- [start:tanh]
def tanh(x: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """From -1 to 1, as an S through 0.

    `expm1(a)` is exp(a) - 1, exact for small a, where exp(a) is nearly 1.
    """
    wide = checked_wide("x", x)
    right = torch.expm1(-2 * wide.clamp(min=0))
    left = torch.expm1(2 * wide.clamp(max=0))
    y = torch.where(wide >= 0, -right / (right + 2), left / (left + 2))
    return y.to(x.dtype)


def tanh_derivative(x: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """1 - tanh(x)², which is 4 times the derivative of sigmoid at 2x."""
    return (4 * sigmoid_derivative(2 * checked_wide("x", x))).to(x.dtype)
# --8<-- [end:tanh]


# --8<-- [start:relu]
def relu(x: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """0 where x is negative, else x (and not-a-number stays what it is)."""
    return torch.where(checked_floating("x", x) <= 0, 0, x)


def relu_derivative(x: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """1 where x is positive, else 0; at 0 too, as torch chooses."""
    return torch.where(checked_floating("x", x) <= 0, 0, torch.ones_like(x))


def leaky_relu(
    x: Float[Tensor, "*n"], slope: float | int = 0.01,
) -> Float[Tensor, "*n"]:
    """`slope` * x where x is negative, else x."""
    wide, slope = checked_wide("x", x), checked_number("slope", slope)
    return torch.where(wide > 0, wide, slope * wide).to(x.dtype)


def leaky_relu_derivative(
    x: Float[Tensor, "*n"], slope: float | int = 0.01,
) -> Float[Tensor, "*n"]:
    """1 where x is positive, else `slope`; at 0 too, as torch chooses."""
    x, slope = checked_floating("x", x), checked_number("slope", slope)
    return torch.where(x > 0, 1, torch.full_like(x, slope))
# --8<-- [end:relu]


# --8<-- [start:smooth]
def silu(x: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """The product x * sigmoid(x), also called swish."""
    wide = checked_wide("x", x)
    return (wide * sigmoid(wide)).to(x.dtype)


def silu_derivative(x: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """sigmoid(x) * (1 + x * (1 - sigmoid(x)))."""
    wide = checked_wide("x", x)
    return (sigmoid(wide) * (1 + wide * sigmoid(-wide))).to(x.dtype)


def gelu(x: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """The product x * Phi(x), exact; not its approximation by tanh."""
    wide = checked_wide("x", x)
    return (wide * _normal_below(wide)).to(x.dtype)


def gelu_derivative(x: Float[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """Phi(x) + x * phi(x), where phi is the density, the slope of Phi."""
    wide = checked_wide("x", x)
    density = torch.exp(-wide.square() / 2) / math.sqrt(2 * math.pi)
    return (_normal_below(wide) + wide * density).to(x.dtype)


def _normal_below(x) -> Tensor:
    return torch.special.erfc(-x / math.sqrt(2)) / 2
# --8<-- [end:smooth]


# --8<-- [start:table]
class Activation(NamedTuple):
    """An activation and its derivative."""

    function: Map
    derivative: Map


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, sigmoid_derivative),
    "tanh": Activation(tanh, tanh_derivative),
    "ReLU": Activation(relu, relu_derivative),
    "Leaky ReLU": Activation(leaky_relu, leaky_relu_derivative),
    "SiLU": Activation(silu, silu_derivative),
    "GELU": Activation(gelu, gelu_derivative),
}
# --8<-- [end:table]
