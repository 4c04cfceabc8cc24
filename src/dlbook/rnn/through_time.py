"""Back-propagation through time: the gradient of a loop.

    δ_t = (1 - h_t²) ⊙ (dL/dh_t + W_hhᵀ δ_{t+1})
    dL/dW_hh = Σ_t δ_t h_{t-1}ᵀ,  dL/dW_ih = Σ_t δ_t x_tᵀ

`dL/dh_t` is what the loss says to h_t itself, δ_t what arrives before the
tanh of step t. Werbos (1990), "Backpropagation through time: what it does and
how to do it", section III; Pascanu, Mikolov and Bengio (2013), section 2.
"""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import (
    Number,
    checked_floating,
    checked_number,
    refuse_other_kind,
    refuse_other_shape,
)


class Gradients(NamedTuple):
    """Of a loss with respect to all that an RNN computes with.

    Attributes:
        x: the inputs.
        w_ih: the weights of the inputs.
        w_hh: the weights of the state.
        bias: either bias; both get the same.
        start: the state before the first step.
    """

    x: Float[Tensor, "t n i"]
    w_ih: Float[Tensor, "d i"]
    w_hh: Float[Tensor, "d d"]
    bias: Float[Tensor, " d"]
    start: Float[Tensor, "n d"]


# --8<-- [start:backward]
def rnn_backward(
    grad: Float[Tensor, "t n d"], x: Float[Tensor, "t n i"],
    h: Float[Tensor, "t n d"], start: Float[Tensor, "n d"],
    w_ih: Float[Tensor, "d i"], w_hh: Float[Tensor, "d d"],
) -> Gradients:
    """The gradients of an RNN with tanh, by hand.

    Args:
        grad: dL/dh_t of each step, as if no later step used it.
        x: the inputs.
        h: the states that the RNN found.
        start: the state before the first step.
        w_ih: the weights of the inputs.
        w_hh: the weights of the state.

    Raises:
        ValueError: for tensors of shapes or kinds that do not fit.
    """
    _refuse_misfits(grad, x, h, start, w_ih, w_hh)
    delta, later = torch.empty_like(h), torch.zeros_like(start)
    for t in reversed(range(len(h))):
        delta[t] = (1 - h[t] ** 2) * (grad[t] + later)
        later = delta[t] @ w_hh  # to the step before
    before = torch.cat([start[None], h[:-1]])
    rows = delta.flatten(0, 1)
    return Gradients(
        delta @ w_ih, rows.T @ x.flatten(0, 1), rows.T @ before.flatten(0, 1),
        rows.sum(0), later,
    )
# --8<-- [end:backward]


# --8<-- [start:by_lag]
def gradient_by_lag(
    layer: nn.Module, x: Float[Tensor, "t n i"],
    direction: Float[Tensor, "n d"],
) -> Float[Tensor, " t"]:
    """How much the last state still says about each input.

    The length of the gradient of `direction · h_T` with respect to the input
    k steps before the last, for k = 0, 1, …, as a mean over the sequences.

    Args:
        layer: any recurrent layer, of torch or of this book.
        x: sequences.
        direction: which way h_T is to change, for each sequence.

    Raises:
        ValueError: if direction has not the shape of h_T.
    """
    x = x.detach().requires_grad_()
    last = layer(x)[0][-1]
    refuse_other_shape("direction", direction, last.shape, "the last state")
    (grad,) = torch.autograd.grad(last, x, direction.to(last))
    return grad.norm(dim=-1).mean(1).flip(0)
# --8<-- [end:by_lag]


# --8<-- [start:radius]
def spectral_radius(w: Float[Tensor, "d d"]) -> float:
    """The greatest absolute value among the eigenvalues of a matrix.

    >>> round(spectral_radius(torch.tensor([[0.0, 2], [-2, 0]])), 6)
    2.0
    """
    checked_floating("w", w, "rows, columns")
    return float(torch.linalg.eigvals(w.double()).abs().max())


def with_radius(w: Float[Tensor, "d d"], radius: Number) -> Tensor:
    """The matrix, stretched to another spectral radius.

    Raises:
        ValueError: for a radius below 0, and for a matrix of radius 0.
    """
    checked_number("radius", radius, least=0)
    found = spectral_radius(w)
    if not found:
        raise ValueError("w must have a spectral radius above 0, got 0.0")
    return w * (radius / found)
# --8<-- [end:radius]


def detached(state: Tensor | tuple) -> Tensor | tuple:
    """The same state, without what it was made of.

    Args:
        state: a tensor, or a tuple of them, as an LSTM has it.
    """
    if isinstance(state, tuple):
        return tuple(each.detach() for each in state)
    return state.detach()




def _refuse_misfits(grad, x, h, start, w_ih, w_hh) -> None:
    refuse_other_kind(h=h, grad=grad, x=x, start=start, w_ih=w_ih, w_hh=w_hh)
    if h.ndim != 3 or x.ndim != 3 or not len(h):
        raise ValueError(
            "h and x must have the axes (t, n, d) and (t, n, i), t at least"
            f" 1, got {tuple(h.shape)} and {tuple(x.shape)}"
        )
    (t, n, d), i = h.shape, x.shape[2]
    refuse_other_shape("grad", grad, h.shape, "h")
    refuse_other_shape("x", x, (t, n, i), "h but for its last axis")
    refuse_other_shape("start", start, (n, d), "one step of h")
    refuse_other_shape("w_ih", w_ih, (d, i), "one weight per state and input")
    refuse_other_shape("w_hh", w_hh, (d, d), "one weight per pair of states")
