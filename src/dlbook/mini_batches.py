"""Mini-batches: what the graphs of the parts keep, and gradients that add up.

The loss of a set is the mean over its N examples. Cut the set into parts of
n_k examples, with mean losses L_k and gradients g_k. Then

    g = (n_1 g_1 + … + n_K g_K) / N

whatever the sizes, if no layer mixes examples (batch norm does). Each part
has a graph of its own, and `backward()` empties it: no two are kept at once.
Source: Goodfellow, Bengio and Courville (2016), "Deep Learning", 8.1.3.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.autograd.graph import saved_tensors_hooks
from torch.nn.functional import cross_entropy

from dlbook._checking import Number, checked_whole

Loss = Callable[[Tensor, Tensor], Tensor]
Parts = Iterable[tuple[Tensor, Tensor]]


# --8<-- [start:accumulate]
def accumulate(
    model: nn.Module, parts: Parts, *, loss: Loss = cross_entropy,
    count: Callable[[Tensor], Any] = len,
) -> Float[Tensor, ""]:
    """Leave in `.grad` the gradient of the mean loss over all parts.

    Replaces the gradients that were there. Returns the mean loss.

    Args:
        model: is not changed otherwise; no layer may mix examples.
        parts: pairs of x and y, of any sizes.
        loss: of outputs and y, a mean.
        count: how many losses this mean is over, from y: by default its
            length. A part that counts 0 is left out.

    Raises:
        ValueError: for no examples, a count that is no integer of at least
            0, and a loss that is no single number.
    """
    model.zero_grad()
    losses, counted = [], 0
    for x, y in parts:
        if n := _checked_count(count(y)):
            part = n * _checked_loss(loss(model(x), y))
            part.backward()  # adds to .grad, and empties this graph
            losses.append(part.detach())
            counted += n
    _divide_gradients(model, _checked_total(counted))
    return torch.stack(losses).sum() / counted
# --8<-- [end:accumulate]


def _divide_gradients(model: nn.Module, by: Number) -> None:
    for parameter in model.parameters():
        if parameter.grad is not None:
            parameter.grad /= by


# --8<-- [start:designs]
def one_graph(model: nn.Module, optimizer: Any, parts: Parts) -> None:
    """One update, from one graph that spans all parts."""
    pairs = list(parts)
    examples = _checked_total(sum(len(y) for _, y in pairs))
    losses = [len(y) * cross_entropy(model(x), y) for x, y in pairs]
    optimizer.zero_grad()
    (torch.stack(losses).sum() / examples).backward()
    optimizer.step()


def accumulated(model: nn.Module, optimizer: Any, parts: Parts) -> None:
    """One update, by the same gradient, from a graph for each part."""
    accumulate(model, parts)
    optimizer.step()


def mini_batches(model: nn.Module, optimizer: Any, parts: Parts) -> None:
    """An update for each part, by its own gradient."""
    for x, y in parts:
        optimizer.zero_grad()
        cross_entropy(model(x), y).backward()
        optimizer.step()
# --8<-- [end:designs]


# --8<-- [start:kept]
class Kept:
    """How many bytes the graphs keep for the way back, at each moment.

    Counts what autograd saves within the `with`, until it lets go of it. A
    memory that is saved twice counts once. Exact, and the same everywhere.

    >>> x, w = torch.ones(1000), torch.ones(1000, requires_grad=True)
    >>> with Kept(w) as kept:
    ...     y = (w * x).exp().sum()  # keeps x, and what exp gives
    ...     y.backward()
    >>> kept.history, kept.peak
    ([0, 4000, 8000, 4000, 0], 8000)

    Args:
        there: tensors that are in memory anyway, such as the weights and the
            data; they do not count.

    Attributes:
        history: the bytes after each change, from 0 on.
    """

    def __init__(self, *there: Tensor) -> None:
        self.history = [0]
        self._there = [tensor.untyped_storage() for tensor in there]
        self._free = {id(storage) for storage in self._there}
        self._held: Counter[int] = Counter()
        self._hooks = saved_tensors_hooks(
            lambda tensor: _Hold(tensor.detach(), self),
            lambda hold: hold.tensor,
        )

    def __enter__(self) -> "Kept":
        self._hooks.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._hooks.__exit__(*error)

    @property
    def now(self) -> int:
        """Bytes that are kept now."""
        return self.history[-1]

    @property
    def peak(self) -> int:
        """The most bytes that were kept at once."""
        return max(self.history)
# --8<-- [end:kept]

    def _change(self, storage: Any, by: int) -> None:
        """One more, or one fewer, holds this memory."""
        key = id(storage)
        if key in self._free:
            return
        before = self._held[key]
        self._held[key] += by
        if before == 0 or before + by == 0:
            self.history.append(self.now + by * storage.nbytes())


class _Hold:
    """What a graph gets for a tensor; it dies when the graph lets go."""

    def __init__(self, tensor: Tensor, kept: Kept) -> None:
        self.tensor, self.kept = tensor, kept
        self.storage = tensor.untyped_storage()  # its id lives as long
        kept._change(self.storage, 1)

    def __del__(self) -> None:
        self.kept._change(self.storage, -1)


def _checked_count(n: Any) -> int:
    """The count as an integer; a tensor of one number is fine."""
    if isinstance(n, Tensor) and n.numel() == 1:
        n = n.item()
    return checked_whole("the count of a part", n, 0)


def _checked_total(examples: int) -> int:
    if examples == 0:
        raise ValueError("the parts must hold at least one example, got none")
    return examples


def _checked_loss(loss: Tensor) -> Tensor:
    if loss.numel() != 1:
        raise ValueError(
            "loss must give one number, the mean over a part, got shape"
            f" {tuple(loss.shape)}"
        )
    return loss.reshape(())
