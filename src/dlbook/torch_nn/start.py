"""How the layers of torch start, with a generator of your own.

    Linear, convolutions    weight and bias in ±1/sqrt(fan_in)
    RNN, GRU, LSTM          all in ±1/sqrt(hidden)
    Embedding               normal, mean 0, variance 1; padding_idx: 0
    normalisations          weight 1, bias 0, running mean 0, variance 1

Source: `reset_parameters` of each in PyTorch 2.13.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _NormBase
from torch.nn.modules.conv import _ConvNd

Net = TypeVar("Net", bound=nn.Module)


# --8<-- [start:fan_in]
def fan_in(weight: Tensor) -> int:
    """How many numbers one unit reads: all of its row of the weight.

    >>> fan_in(nn.Conv2d(6, 16, 5).weight)
    150

    Raises:
        ValueError: for a weight with fewer than two axes.
    """
    if weight.ndim < 2:
        raise ValueError(
            "weight must have at least 2 axes, units first, got"
            f" {weight.ndim}: shape {tuple(weight.shape)}"
        )
    return weight.shape[1:].numel()
# --8<-- [end:fan_in]


# --8<-- [start:draw]
@torch.no_grad()
def draw_as_torch(model: Net, generator: torch.Generator) -> Net:
    """Give all layers new starting values, drawn as torch draws them.

    With equal seeds they are what torch's own constructors draw. Buffers
    of normalisations start anew too.

    Args:
        model: its layers must be of the kinds listed above.
        generator: on the CPU.

    Returns:
        The model.

    Raises:
        ValueError: for a layer with parameters of another kind.
    """
    layers = [layer for layer in model.modules() if has_own(layer)]
    for layer in layers:
        _rule(layer)  # refuse before anything is changed
    for layer in layers:
        _rule(layer)(layer, generator)
    return model
# --8<-- [end:draw]


def has_own(layer: nn.Module) -> bool:
    """Whether it has parameters that are not those of a child."""
    return any(True for _ in layer.parameters(recurse=False))


def _uniform(layer: nn.Module, bound: float, generator) -> None:
    for parameter in layer.parameters(recurse=False):
        drawn = torch.empty(parameter.shape, dtype=parameter.dtype)
        drawn.uniform_(-bound, bound, generator=generator)
        parameter.copy_(drawn)


def _draw_dense(layer: Any, generator) -> None:
    many = fan_in(layer.weight)
    _uniform(layer, many**-0.5 if many else 0.0, generator)


def _draw_recurrent(layer: Any, generator) -> None:
    _uniform(layer, layer.hidden_size**-0.5, generator)


def _draw_embedding(layer: Any, generator) -> None:
    weight = layer.weight
    drawn = torch.empty(weight.shape, dtype=weight.dtype)
    weight.copy_(drawn.normal_(generator=generator))
    if layer.padding_idx is not None:
        weight[layer.padding_idx] = 0


def _reset(layer: Any, generator) -> None:
    layer.reset_parameters()  # nothing is drawn


RULES: tuple[tuple[tuple[type, ...], Callable[..., None]], ...] = (
    ((nn.Linear, _ConvNd), _draw_dense),
    ((nn.RNNBase, nn.RNNCellBase), _draw_recurrent),
    ((nn.Embedding, nn.EmbeddingBag), _draw_embedding),
    ((_NormBase, nn.LayerNorm, nn.GroupNorm, nn.RMSNorm, nn.PReLU),
     _reset),
)


def _rule(layer: nn.Module) -> Callable[..., None]:
    for kinds, rule in RULES:
        if isinstance(layer, kinds):
            return rule
    known = [kind.__name__.strip("_") for kinds, _ in RULES for kind in kinds]
    raise ValueError(
        f"layers with parameters must be of the kinds {', '.join(known)},"
        f" got {type(layer).__name__}"
    )
