"""Gradient descent: small steps against the gradient, and faster ones.

    w ← w - lr * direction

Three directions: the gradient itself; the gradient with momentum, a sum over
past gradients that fades; and Adam's, where each weight has a scale of its
own. Sources: Robbins and Monro (1951); Polyak (1964); Kingma and Ba (2015),
https://arxiv.org/abs/1412.6980. Conventions are those of `torch.optim`.
"""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor

from dlbook._checking import (
    Number,
    checked_floating,
    checked_number,
    refuse_unless_whole,
)


# --8<-- [start:optimizer]
class Optimizer:
    """Parameters and a learning rate; subclasses say which way to go.

    Args:
        params: the tensors to change, in place; they get their gradients by
            `backward()`. One that has none at a step stays as it is.
        lr: the learning rate η, above 0. Set `.lr` to change it on the way.

    Raises:
        ValueError: for no parameter, one twice, one that is no leaf of the
            graph, or an `lr` without sense.
    """

    def __init__(self, params: Iterable[Tensor], lr: Number) -> None:
        self.params = _checked_leaves(params)
        self.lr = checked_number("lr", lr, above=0)
        self.memories: list[dict] = [{} for _ in self.params]

    def zero_grad(self) -> None:
        """Forget the gradients: `backward()` adds to what is there."""
        for p in self.params:
            p.grad = None

    @torch.no_grad()
    def step(self) -> None:
        """Once: w ← w - lr * direction, for each parameter."""
        for p, memory in zip(self.params, self.memories, strict=True):
            if p.grad is not None:
                p.sub_(self.direction(p.grad, memory), alpha=self.lr)

    def direction(self, grad: Tensor, memory: dict) -> Tensor:
        """Where to go, from the gradient and what is remembered."""
        raise NotImplementedError
# --8<-- [end:optimizer]


# --8<-- [start:sgd]
class SGD(Optimizer):
    """Gradient descent, with `momentum` above 0 the heavy-ball method.

    Keeps v ← momentum * v + gradient, and goes along v. As in torch, and
    unlike in many papers, the learning rate is not part of v.

    Raises:
        ValueError: also for a `momentum` outside 0 … 1 (1 is allowed: there
            is no friction then).
    """

    def __init__(
        self, params: Iterable[Tensor], lr: Number, momentum: Number = 0.0
    ) -> None:
        super().__init__(params, lr)
        self.momentum = checked_number("momentum", momentum, least=0, most=1)

    def direction(self, grad: Tensor, memory: dict) -> Tensor:
        if not self.momentum:
            return grad
        v = memory.get("v", torch.zeros_like(grad))
        memory["v"] = self.momentum * v + grad
        return memory["v"]
# --8<-- [end:sgd]


# --8<-- [start:adam]
class Adam(Optimizer):
    """Momentum, divided by the usual size of each weight's gradient.

    Args:
        params: as in `Optimizer`.
        lr: about how far a weight moves per step.
        betas: how much of the two averages is kept per step, in 0 … 1.
        eps: keeps the division from 0 / 0.

    Raises:
        ValueError: also for `betas` outside 0 … 1 (1 excluded), `eps` < 0.
    """

    def __init__(
        self, params: Iterable[Tensor], lr: Number = 0.001,
        betas: tuple[Number, Number] = (0.9, 0.999), eps: Number = 1e-8,
    ) -> None:
        super().__init__(params, lr)
        self.betas = _checked_betas(betas)
        self.eps = checked_number("eps", eps, least=0)

    def direction(self, grad: Tensor, memory: dict) -> Tensor:
        beta1, beta2 = self.betas
        zero = torch.zeros_like(grad)
        t = memory["t"] = memory.get("t", 0) + 1
        m = memory["m"] = beta1 * memory.get("m", zero) + (1 - beta1) * grad
        s = memory["s"] = (
            beta2 * memory.get("s", zero) + (1 - beta2) * grad.square()
        )
        mean, square = m / (1 - beta1**t), s / (1 - beta2**t)
        return mean / (square.sqrt() + self.eps)
# --8<-- [end:adam]


# --8<-- [start:descend]
def descend(
    function: Callable[[Tensor], Tensor],
    start: Float[Tensor, "*shape"],
    optimizer: Callable[[list[Tensor]], Any],
    *, steps: int,
) -> Float[Tensor, "points *shape"]:
    """Walk downhill from `start`; return every point of the path.

    Args:
        function: from a point to its loss, one number. It is called once per
            step, so it may look at other data each time.
        start: the first point; it is not changed.
        optimizer: makes an optimiser for a list of parameters, such as
            `partial(SGD, lr=0.1)`. Those of torch fit as well.
        steps: how many; the path has one point more.

    >>> from functools import partial
    >>> start = torch.tensor(4.0)
    >>> descend(torch.square, start, partial(SGD, lr=0.25), steps=3)
    tensor([4.0000, 2.0000, 1.0000, 0.5000])

    Raises:
        ValueError: if `function` does not return one number made of its
            argument, or `start` holds no floating-point numbers.
    """
    refuse_unless_whole(0, steps=steps)
    point = checked_floating("start", start).detach().clone().requires_grad_()
    walker, path = optimizer([point]), [point.detach().clone()]
    for _ in range(steps):
        walker.zero_grad()
        _checked_loss(function(point)).backward()
        walker.step()
        path.append(point.detach().clone())
    return torch.stack(path)
# --8<-- [end:descend]


def _checked_leaves(params: Iterable[Tensor]) -> list[Tensor]:
    """The parameters as a list, each of them fit to be changed in place."""
    if torch.is_tensor(params):
        raise ValueError("params must be a list of tensors, got one tensor")
    found = list(params)
    if not found:
        raise ValueError(
            "there is no parameter to change: the list is empty"
            " (a generator can be used once only)"
        )
    for p in found:
        checked_floating("a parameter", p)
        if p.grad_fn is not None:
            raise ValueError(
                "a parameter must be a leaf of the graph, one of shape"
                f" {tuple(p.shape)} is the result of {p.grad_fn.name()}"
            )
    if len({id(p) for p in found}) < len(found):
        raise ValueError("a parameter stands in the list twice")
    return found


def _checked_betas(betas) -> tuple[float, ...]:
    if not isinstance(betas, (tuple, list)) or len(betas) != 2:
        raise ValueError(f"betas must be two numbers, got {betas!r}")
    return tuple(checked_number("a beta", b, least=0, below=1) for b in betas)


def _checked_loss(loss) -> Tensor:
    if not torch.is_tensor(loss) or loss.numel() != 1:
        met = tuple(loss.shape) if torch.is_tensor(loss) else repr(loss)
        raise ValueError(f"function must return one number, got {met}")
    if not loss.requires_grad:
        raise ValueError("function must compute its number from its argument")
    return loss.reshape(())
