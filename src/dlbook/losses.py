"""Losses: how wrong a prediction is, as one number to be made small.

    mse                  = mean of (prediction - target)²
    binary_cross_entropy = mean of log(1 + exp(z)) - y * z
    cross_entropy        = mean of log(sum over k of exp(z[k])) - z[y]

Each is minus the logarithm of a likelihood: of a normal distribution, of a
coin, of a die. `z` are logits, any real numbers; the sigmoid or softmax that
makes probabilities of them is part of the loss, so that nothing overflows and
no logarithm meets 0. Half precision is computed in single and rounded at the
end. Conventions are those of torch; label smoothing is that of Szegedy et al.
(2015), section 7, https://arxiv.org/abs/1512.00567.
"""

import torch
from jaxtyping import Float, Int64
from torch import Tensor
from torch.nn.functional import one_hot

from dlbook._checking import (
    checked_floating,
    checked_number,
    checked_wide,
    kind,
    narrowed,
    refuse_other_device,
    refuse_other_kind,
    refuse_other_shape,
    refuse_unless_whole,
    refuse_unlike,
    widened,
)


# --8<-- [start:mse]
def mse(
    prediction: Float[Tensor, "*n"], target: Float[Tensor, "*n"],
    *, reduction: str = "mean",
) -> Float[Tensor, "..."]:
    """The mean squared error: the mean over *all* numbers.

    >>> mse(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.zeros(2, 2))
    tensor(7.5000)

    Args:
        prediction: what the network says.
        target: what is right; of the same shape, for nothing is broadcast.
        reduction: "mean", or "sum", or "none" for each square.

    Raises:
        ValueError: for other shapes, types or devices, and other reductions.
    """
    refuse_unlike(prediction=prediction, target=target)
    squares = (widened(prediction) - widened(target)).square()
    return narrowed(_reduced(squares, reduction), prediction)
# --8<-- [end:mse]


# --8<-- [start:softmax]
def log_sum_exp(
    z: Float[Tensor, "*n"], dim: int = -1,
) -> Float[Tensor, "*m"]:
    """log(sum of exp(z)) along an axis; no power exceeds exp(0)."""
    wide = checked_wide("z", z)
    top = _top(wide, dim)
    total = (wide - top).exp().sum(dim, keepdim=True)
    return (top + total.log()).squeeze(dim).to(z.dtype)


def softmax(z: Float[Tensor, "*n"], dim: int = -1) -> Float[Tensor, "*n"]:
    """Probabilities: not negative, and 1 in sum along an axis.

    >>> softmax(torch.tensor([1000.0, 1000.0]))
    tensor([0.5000, 0.5000])
    """
    wide = checked_wide("z", z)
    powers = (wide - _top(wide, dim)).exp()
    return (powers / powers.sum(dim, keepdim=True)).to(z.dtype)


def log_softmax(
    z: Float[Tensor, "*n"], dim: int = -1,
) -> Float[Tensor, "*n"]:
    """The logarithm of softmax, without taking it of a rounded 0."""
    wide = checked_wide("z", z)
    below = wide - _top(wide, dim)
    return (below - below.exp().sum(dim, keepdim=True).log()).to(z.dtype)


def _top(z, dim) -> Tensor:
    """The largest number, as a constant; 0 in place of infinity."""
    top = z.detach().amax(dim, keepdim=True)
    return top.masked_fill(top.isinf(), 0)
# --8<-- [end:softmax]


# --8<-- [start:binary]
def binary_cross_entropy(
    logits: Float[Tensor, "*n"], target: Float[Tensor, "*n"],
    *, reduction: str = "mean",
) -> Float[Tensor, "..."]:
    """Minus the log of the probability that sigmoid(logits) gives to target.

    >>> zeros = torch.zeros(2)  # each answer has probability 1/2: log 2
    >>> binary_cross_entropy(zeros, torch.tensor([0.0, 1.0]))
    tensor(0.6931)

    Args:
        logits: any numbers, from *before* the sigmoid.
        target: 1 for yes, 0 for no, or a share between; of the same shape
            and type.
        reduction: as in `mse`.
    """
    refuse_unlike(logits=logits, target=target)
    _refuse_other_shares(target)
    z, y = widened(logits), widened(target)
    right, left = z.clamp(min=0), z.clamp(max=0)  # as in the stable sigmoid
    values = torch.where(
        z > 0, (1 - y) * right + torch.exp(-right).log1p(),
        -y * left + torch.exp(left).log1p())
    return narrowed(_reduced(values, reduction), logits)
# --8<-- [end:binary]


# --8<-- [start:cross_entropy]
def cross_entropy(
    logits: Float[Tensor, "n c *places"],
    target: Int64[Tensor, "n *places"] | Float[Tensor, "n c *places"],
    *, label_smoothing: float | int = 0.0, reduction: str = "mean",
    weight: Float[Tensor, " c"] | None = None, ignore_index: int = -100,
) -> Float[Tensor, "..."]:
    """Minus the log of the probability that softmax gives to the class.

    Args:
        logits: any numbers, from *before* the softmax; classes on axis 1.
        target: the number of the right class, or a probability for each.
        label_smoothing: this part of the target goes to all classes alike.
        reduction: "mean" divides by how many class numbers are kept, and if
            classes have a `weight`, by the sum of theirs.
        weight: how much each class counts.
        ignore_index: class numbers like this one are left out.
    """
    _refuse_misfits(logits, target, weight, ignore_index)
    checked_number("label_smoothing", label_smoothing, least=0, most=1)
    logp, c = log_softmax(widened(logits), dim=1), logits.shape[1]
    each = torch.ones(c).to(logp) if weight is None else widened(weight)
    each = each.reshape(-1, *[1] * (logp.ndim - 2))  # beside the classes
    if target.is_floating_point():
        shares, kept = widened(target), torch.ones_like(logp[:, 0])
        counts = kept
    else:
        kept = target != ignore_index
        shares = one_hot(target.where(kept, 0), c).movedim(-1, 1).to(logp)
        counts = (shares * each).sum(1) * kept
    shares = (1 - label_smoothing) * shares + label_smoothing / c
    terms = torch.where(shares > 0, each * shares * logp, 0)  # 0 log 0 is 0
    values = torch.where(kept > 0, -terms.sum(1), 0)
    return narrowed(_reduced(values, reduction, counts), logits)
# --8<-- [end:cross_entropy]


# --8<-- [start:reduced]
def _reduced(values, reduction, counts=None) -> Tensor:
    """Each value; or their sum; or that, divided by the sum of the counts."""
    _refuse_other_reductions(reduction)
    if reduction == "none":
        return values
    if reduction == "sum":
        return values.sum()
    many = values.numel() if counts is None else counts.sum()
    return values.sum() / many
# --8<-- [end:reduced]


def _refuse_other_reductions(reduction) -> None:
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(
            f"reduction must be 'mean', 'sum' or 'none', got {reduction!r}"
        )


def _refuse_misfits(logits, target, weight, ignored) -> None:
    """Refuse logits, targets and class weights that do not fit together."""
    checked_floating("logits", logits, "examples, classes, …")
    refuse_unless_whole(1, **{"the number of classes": logits.shape[1]})
    if isinstance(target, Tensor) and target.is_floating_point():
        refuse_unlike(logits=logits, target=target)
        _refuse_other_shares(target)
        _refuse_other_sums(target.float().sum(1))
    else:
        _refuse_other_classes(logits, target, ignored)
    if weight is not None:
        refuse_other_kind(logits=logits, weight=weight)
        classes = logits.shape[1:2]
        refuse_other_shape("weight", weight, classes, "the classes")


def _refuse_other_shares(target) -> None:
    outside = target[~((target >= 0) & (target <= 1))]
    if outside.numel():
        raise ValueError(
            f"target must be from 0 to 1, got {outside[0].item():g}"
        )


def _refuse_other_sums(sums) -> None:
    wrong = sums[(sums - 1).abs() > 0.01]
    if wrong.numel():
        raise ValueError(
            f"target must add up to 1 over the classes, got {wrong[0]:.3g}"
        )


def _refuse_other_classes(logits, target, ignored) -> None:
    """Refuse what does not number a class for each example, or is ignored."""
    if not isinstance(target, Tensor) or target.dtype != torch.int64:
        raise ValueError(
            "target must hold int64 class numbers, or a probability for each"
            f" class, got {kind(target)}"
        )
    expected = logits.shape[0], *logits.shape[2:]
    refuse_other_shape("target", target, expected, "the examples")
    refuse_other_device(logits=logits, target=target)
    outside = (target < 0) | (target >= logits.shape[1])
    wrong = target[outside & (target != ignored)]
    if wrong.numel():
        raise ValueError(
            f"target must be a class from 0 to {logits.shape[1] - 1},"
            f" got {wrong[0].item()}"
        )
