"""Batch size: how far a batch's gradient is from that of all examples.

    mean of g_B     = G
    variance of g_B = tr Σ / B                     drawn with replacement
                    = tr Σ / B * (N - B) / (N - 1) drawn without
    noise scale     = tr Σ / |G|²

`g_i` is the gradient of example i, `G` the mean of all N, `tr Σ` the mean of
|g_i - G|², and `g_B` the mean over the B examples of a batch. The noise scale
is that of McCandlish, Kaplan, Amodei et al. (2018), "An empirical model of
large-batch training", section 2.2, https://arxiv.org/abs/1812.06162; its
estimate from two batch sizes is that of their appendix A.1.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Float, Int64, Shaped
from torch import Tensor, nn
from torch.func import functional_call, grad, vjp, vmap
from torch.nn.functional import cross_entropy
from torch.nn.utils import parameters_to_vector

from dlbook._checking import Number, checked_number, checked_whole

Loss = Callable[[Tensor, Tensor], Tensor]


# --8<-- [start:example_gradients]
def example_gradients(
    model: nn.Module, x: Float[Tensor, "n *d"], y: Shaped[Tensor, "n *e"],
    *, loss: Loss = cross_entropy,
) -> Float[Tensor, "n p"]:
    """The gradient of each example by itself, all weights in one row.

    `grad` makes of a loss the function that gives its gradient; `vmap`
    applies it to all examples at once.

    Args:
        model: each output depends on its own example alone.
        x: the examples.
        y: what is right for each.
        loss: the mean over a batch; here each batch is one example.

    >>> layer = nn.Linear(2, 3)
    >>> example_gradients(layer, torch.ones(5, 2), torch.arange(5) % 3).shape
    torch.Size([5, 9])

    Raises:
        ValueError: if x and y differ in length, or hold nothing.
    """
    _refuse_other_lengths(x, y)
    weights = {n: p.detach() for n, p in model.named_parameters()}

    def of_one(weights, x, y):
        scores = functional_call(model, weights, (x[None],))
        return loss(scores, y[None])

    each = vmap(grad(of_one), in_dims=(None, 0, 0))(weights, x, y)
    return torch.cat([g.flatten(1) for g in each.values()], 1)
# --8<-- [end:example_gradients]


# --8<-- [start:noise]
class Noise(NamedTuple):
    """What decides how far the gradient of a batch is off.

    Attributes:
        square: |G|², the squared length of the gradient of all examples.
        trace: tr Σ, the mean of |g_i - G|² over the examples.
    """

    square: float
    trace: float

    @property
    def scale(self) -> float:
        """The noise scale: the batch size with as much noise as signal."""
        return self.trace / self.square

    def variance(self, batch: int, examples: int | None = None) -> float:
        """The mean of |g_B - G|² over all batches of this size.

        Args:
            batch: how many examples a batch holds, B.
            examples: N, if none is drawn twice into a batch; without it,
                each draw is from all.

        Raises:
            ValueError: for a batch below 1 or above N.
        """
        if examples is None:
            return self.trace / checked_whole("batch", batch, 1)
        checked_whole("examples", examples, 2)
        checked_whole("batch", batch, 1, examples)
        left = (examples - batch) / (examples - 1)
        return self.trace / batch * left
# --8<-- [end:noise]


# --8<-- [start:gradient_noise]
def gradient_noise(
    model: nn.Module, x: Float[Tensor, "n *d"], y: Shaped[Tensor, "n *e"],
    *, loss: Loss = cross_entropy, chunk: int = 256,
) -> Noise:
    """|G|² and tr Σ of a model, exactly, over all these examples.

    Args:
        model: as for `example_gradients`.
        x: the examples.
        y: what is right for each.
        loss: the mean over a batch.
        chunk: of so many examples gradients are held at a time.

    Raises:
        ValueError: as `example_gradients`, and for a chunk below 1.
    """
    checked_whole("chunk", chunk, 1)
    _refuse_other_lengths(x, y)
    total, squares = torch.zeros(()).to(x).double(), 0.0
    for part in torch.arange(len(x), device=x.device).split(chunk):
        g = example_gradients(model, x[part], y[part], loss=loss).double()
        total = total + g.sum(0)
        squares += g.square().sum().item()
    square = (total / len(x)).square().sum().item()
    return Noise(square, squares / len(x) - square)
# --8<-- [end:gradient_noise]


# --8<-- [start:from_two]
def noise_from_two(
    small: Number, large: Number, sizes: tuple[int, int]
) -> Noise:
    """|G|² and tr Σ from the gradients of batches of two sizes.

    Both are right on average over the batches. Their ratio is not: average
    both over many batches first, and divide then.

    Args:
        small: |g_B|² of a batch of the smaller size, or its mean over many.
        large: the same of the larger size.
        sizes: both sizes, the smaller first.

    >>> noise_from_two(9.0, 5.0, (8, 16))  # 9 = 1 + 64/8, 5 = 1 + 64/16
    Noise(square=1.0, trace=64.0)

    Raises:
        ValueError: for sizes that do not grow, and squares below 0.
    """
    first = checked_whole("the smaller size", sizes[0], 1)
    second = checked_whole("the larger size", sizes[1], first + 1)
    for name, value in {"small": small, "large": large}.items():
        checked_number(name, value, least=0)
    square = (second * large - first * small) / (second - first)
    return Noise(square, (small - large) / (1 / first - 1 / second))
# --8<-- [end:from_two]


# --8<-- [start:curved]
class Curved(NamedTuple):
    """What decides how long a step should be, where the loss is a bowl.

    Attributes:
        most: the best rate for the gradient of all examples, |G|² / GᵀHG.
        scale: the noise scale of the bowl, tr(HΣ) / GᵀHG.
    """

    most: float
    scale: float


def curved_noise(
    model: nn.Module, x: Float[Tensor, "n *d"], y: Shaped[Tensor, "n *e"],
    *, loss: Loss = cross_entropy, chunk: int = 50,
) -> Curved:
    """The same with the curvature H of the loss over all these examples.

    Args:
        model: as for `example_gradients`.
        x: the examples.
        y: what is right for each.
        loss: the mean over a batch.
        chunk: so many products with H at a time.

    Raises:
        ValueError: as `example_gradients`, and for a chunk below 1.
    """
    checked_whole("chunk", chunk, 1)
    each = example_gradients(model, x, y, loss=loss)
    full = each.mean(0)
    by_h = _product_with_hessian(model, x, y, loss)
    bend = (full @ by_h(full)).item()
    off = each - full
    spread = (off * vmap(by_h, chunk_size=chunk)(off)).sum(1).mean().item()
    return Curved(full.square().sum().item() / bend, spread / bend)
# --8<-- [end:curved]


# --8<-- [start:sharpness]
def sharpness(
    model: nn.Module, x: Float[Tensor, "n *d"], y: Shaped[Tensor, "n *e"],
    *, loss: Loss = cross_entropy, rounds: int = 50,
    generator: torch.Generator | None = None,
) -> float:
    """The largest curvature of the loss, by power iteration.

    Args:
        model: with its weights where it is asked.
        x: the examples.
        y: what is right for each.
        loss: the mean over a batch.
        rounds: how often a direction is multiplied by the Hessian.
        generator: of the CPU; draws the first direction.

    Raises:
        ValueError: for fewer rounds than 1, and examples of other lengths.
    """
    checked_whole("rounds", rounds, 1)
    _refuse_other_lengths(x, y)
    by_h = _product_with_hessian(model, x, y, loss)
    w = parameters_to_vector(model.parameters()).detach()
    v = torch.randn(len(w), generator=generator).to(w)
    for _ in range(rounds):
        v = by_h(v / v.norm())
    return v.norm().item()


def _product_with_hessian(model, x, y, loss) -> Callable[[Tensor], Tensor]:
    """From a direction to how the gradient changes along it."""
    w = parameters_to_vector(model.parameters()).detach()
    named = {n: p.shape for n, p in model.named_parameters()}

    def at(w):
        rows = w.split([shape.numel() for shape in named.values()])
        pairs = zip(named.items(), rows, strict=True)
        weights = {name: row.view(shape) for (name, shape), row in pairs}
        return loss(functional_call(model, weights, (x,)), y)

    back = vjp(grad(at), w)[1]  # H is symmetric: vᵀH is Hv
    return lambda v: back(v)[0]
# --8<-- [end:sharpness]


# --8<-- [start:best_rate]
def best_rate(batch: Number, scale: Number, most: Number = 1) -> float:
    """The learning rate that gains most in one step, on average.

    Args:
        batch: how many examples the step sees.
        scale: the noise scale.
        most: the best rate for the gradient of all examples.

    >>> [round(best_rate(b, scale=100), 3) for b in (1, 10, 100, 1000)]
    [0.01, 0.091, 0.5, 0.909]

    Raises:
        ValueError: for numbers that are not positive.
    """
    checked_number("batch", batch, above=0)
    checked_number("scale", scale, above=0)
    return checked_number("most", most, above=0) / (1 + scale / batch)
# --8<-- [end:best_rate]


# --8<-- [start:lengths]
def lengths(
    examples: int, batch: int, *, drop_last: bool = False
) -> list[int]:
    """How many examples each batch of an epoch holds.

    >>> lengths(10, 4), lengths(10, 4, drop_last=True)
    ([4, 4, 2], [4, 4])

    Raises:
        ValueError: for numbers below 1.
    """
    checked_whole("examples", examples, 1)
    full, rest = divmod(examples, checked_whole("batch", batch, 1))
    return [batch] * full + [rest] * (rest > 0 and not drop_last)
# --8<-- [end:lengths]


# --8<-- [start:steps_to]
def steps_to(
    target: Number, points: Int64[Tensor, " points"],
    values: Float[Tensor, "*runs points"],
) -> Float[Tensor, "*runs"]:
    """After how many steps a run was at the target for the first time.

    Infinite for a run that never was.

    Args:
        target: to be reached from above.
        points: after how many steps the runs were looked at.
        values: what was seen, such as the share of wrong answers.

    >>> seen = torch.tensor([[0.5, 0.2, 0.1], [0.9, 0.8, 0.7]])
    >>> steps_to(0.2, torch.tensor([10, 20, 30]), seen)
    tensor([20., inf])

    Raises:
        ValueError: if there is not one value for each point.
    """
    if len(points) == 0 or values.shape[-1:] != points.shape:
        raise ValueError(
            f"values must hold one for each of {len(points)} points (at least"
            f" one), got shape {tuple(values.shape)}"
        )
    there = values <= target
    first = points.to(values)[there.int().argmax(-1)]
    return first.where(there.any(-1), torch.inf)
# --8<-- [end:steps_to]


def _refuse_other_lengths(x, y) -> None:
    if len(x) != len(y) or len(x) == 0:
        raise ValueError(
            "x and y must hold as many examples, and at least one,"
            f" got {len(x)} and {len(y)}"
        )
