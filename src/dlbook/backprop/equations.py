"""Backpropagation through a fully connected net, by its four equations.

    Z[l] = A[l-1] W[l]ᵀ + b[l],   A[l] = φ(Z[l]),   A[0] = x

Rows are examples. The last layer has no φ: its Z goes into the loss L. With
δ[l] for dL/dZ[l], the equations are those of Nielsen (2015), chapter 2, for
whole batches. Automatic differentiation stands in `dlbook.backprop.value`
(single numbers), `dlbook.backprop.tensor` and `dlbook.backprop.dual`.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

from dlbook._checking import (
    checked_floating,
    checked_number,
    refuse_other_axes,
    refuse_other_shape,
)

Matrix = Float[Tensor, "n d"]
Function = Callable[[Tensor], Tensor]


# --8<-- [start:forward]
class Layer(NamedTuple):
    """Weights `d_out d_in` and biases `d_out`, or what belongs to them."""

    weight: Tensor
    bias: Tensor


def forward(
    x: Float[Tensor, "n d_in"], layers: Sequence[Layer], phi: Function,
) -> tuple[list[Tensor], list[Tensor]]:
    """All Z[l], and what each layer was given: A[0] … A[L-1].

    Args:
        x: the examples, one per row.
        layers: from the first to the last.
        phi: the activation between layers, such as `torch.tanh`.

    Raises:
        ValueError: for shapes that do not fit.
    """
    _refuse_misfits(x, layers)
    inputs: list[Tensor] = []
    zs: list[Tensor] = []
    for layer in layers:
        inputs.append(phi(zs[-1]) if zs else x)
        zs.append(inputs[-1] @ layer.weight.T + layer.bias)
    return zs, inputs
# --8<-- [end:forward]


# --8<-- [start:deltas]
def deltas(
    last: Float[Tensor, "n d_out"], layers: Sequence[Layer],
    zs: Sequence[Tensor], slope: Function,
) -> list[Tensor]:
    """All δ[l] = dL/dZ[l], from the last one, back through the layers.

    Args:
        last: δ of the last layer, from the loss.
        layers: as in `forward`.
        zs: what `forward` returned.
        slope: the derivative of its `phi`.
    """
    refuse_other_shape("the last delta", last, zs[-1].shape, "Z")
    found = [last]
    for layer, z in zip(layers[:0:-1], zs[-2::-1], strict=True):
        found.append((found[-1] @ layer.weight) * slope(z))
    return found[::-1]


def gradients(
    deltas: Sequence[Tensor], inputs: Sequence[Tensor]
) -> list[Layer]:
    """dL/dW and dL/db of each layer."""
    return [
        Layer(delta.T @ a, delta.sum(0))
        for delta, a in zip(deltas, inputs, strict=True)
    ]
# --8<-- [end:deltas]


# --8<-- [start:loss]
def cross_entropy_delta(
    logits: Float[Tensor, "n classes"], target: Int[Tensor, " n"],
) -> Float[Tensor, "n classes"]:
    """δ of the last layer: the mean cross-entropy, by its logits."""
    delta = logits.softmax(1)
    delta[torch.arange(len(target)), target] -= 1
    return delta / len(target)
# --8<-- [end:loss]


# --8<-- [start:numerical]
def numerical_gradient(
    function: Callable[[Tensor], Tensor], x: Float[Tensor, "*shape"],
    h: float = 1e-5,
) -> Float[Tensor, "*shape"]:
    """The gradient without calculus: each number a little up and down.

    Args:
        function: from a tensor like x to one number.
        x: where; use float64. It is not changed.
        h: how far.
    """
    checked_floating("x", x)
    checked_number("h", h, above=0)
    found = torch.zeros_like(x).flatten()
    for i in range(x.numel()):
        up, down = x.detach().flatten().clone(), x.detach().flatten().clone()
        up[i] += h
        down[i] -= h
        with torch.no_grad():
            rise = function(up.view(x.shape)) - function(down.view(x.shape))
        found[i] = rise / (2 * h)
    return found.view(x.shape)
# --8<-- [end:numerical]


def _refuse_misfits(x, layers) -> None:
    if not layers:
        raise ValueError("there must be at least one layer")
    refuse_other_axes("x", x, "examples, inputs")
    width = x.shape[1]
    for i, (weight, bias) in enumerate(layers):
        if weight.ndim != 2 or weight.shape[1] != width:
            raise ValueError(
                f"layer {i} is given {width} numbers per example,"
                f" its weights have shape {tuple(weight.shape)}"
            )
        if bias.shape != weight.shape[:1]:
            raise ValueError(
                f"layer {i} has {len(weight)} units, its biases have shape"
                f" {tuple(bias.shape)}"
            )
        width = len(weight)
