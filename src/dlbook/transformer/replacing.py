"""What if a head looked elsewhere? A map replaced while the model runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import checked_whole
from dlbook.attention import MultiHeadAttention

Map = Float[Tensor, "*n q k"]


# --8<-- [start:replaced]
@contextmanager
def replaced(
    model: nn.Module, name: str, head: int, change: Callable[[Map], Map]
) -> Iterator[None]:
    """Within it, a head mixes the values by another map than its own.

    Args:
        model: has attention of this name; its other heads stay as they are.
        name: of the attention, as `attention_maps` has it.
        head: which of its heads, from 0.
        change: from the map of the head to the other one.

    Raises:
        ValueError: if there is no such attention or head.
    """
    layer = _attention(model, name)
    head = checked_whole("head", head, 0, layer.heads - 1)

    def mix_anew(layer, args, output):
        weights = layer.weights(*args).clone()
        weights[..., head, :, :] = change(weights[..., head, :, :])
        x, memory = (*args, None)[:2]
        values = layer.value(x if memory is None else memory)
        values = values.unflatten(-1, (layer.heads, -1)).transpose(-2, -3)
        return layer.output((weights @ values).transpose(-2, -3).flatten(-2))

    hook = layer.register_forward_hook(mix_anew)
    try:
        yield
    finally:
        hook.remove()
# --8<-- [end:replaced]


# --8<-- [start:spread]
def spread(weights: Map) -> Map:
    """Evenly over all places where the head may look.

    >>> import torch
    >>> spread(torch.tensor([[1.0, 0.0], [0.2, 0.8]]))
    tensor([[1.0000, 0.0000],
            [0.5000, 0.5000]])
    """
    may = (weights > 0).to(weights)
    return may / may.sum(-1, keepdim=True).clamp(min=1)
# --8<-- [end:spread]


def _attention(model, name) -> MultiHeadAttention:
    known = {
        each: layer for each, layer in model.named_modules()
        if isinstance(layer, MultiHeadAttention)
    }
    if name not in known:
        raise ValueError(
            f"there is attention at {', '.join(known)}, got {name!r}"
        )
    return known[name]
