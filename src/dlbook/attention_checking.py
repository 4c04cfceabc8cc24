"""What attention refuses, with a ValueError that names the values met."""

import torch
from torch import Tensor

from dlbook.checking import whole


def wide(x: Tensor) -> Tensor:
    """Half precision as single, in which attention is computed."""
    return x.float() if x.element_size() < 4 else x


def refuse(mask, **tensors) -> None:
    """Refuse what does not fit together, naming the values met."""
    for name, x in tensors.items():
        _kind(name, x, tensors["query"])
    query, key = tensors["query"], tensors["key"]
    if query.shape[-1] != key.shape[-1] or query.shape[-1] == 0:
        raise ValueError(
            "query and key must have equally many columns, at least 1,"
            f" got {query.shape[-1]} and {key.shape[-1]}"
        )
    values = tensors.get("value", key).shape[-2]
    if key.shape[-2] != values:
        raise ValueError(
            "each key needs its value,"
            f" got {key.shape[-2]} keys and {values} values"
        )
    found = [x.shape[:-2] for x in tensors.values()]
    try:
        leading = torch.broadcast_shapes(*found)
    except RuntimeError:
        raise ValueError(
            f"the leading axes of {', '.join(tensors)} do not fit:"
            f" {', '.join(str(tuple(shape)) for shape in found)}"
        ) from None
    if mask is not None:
        _mask(mask, query, (*leading, query.shape[-2], key.shape[-2]))


def _kind(name, x, query) -> None:
    if not torch.is_tensor(x) or not x.is_floating_point():
        met = x.dtype if torch.is_tensor(x) else type(x).__name__
        raise ValueError(f"{name} must hold floating-point numbers, got {met}")
    if x.ndim < 2:
        raise ValueError(
            f"{name} must have at least 2 axes (positions, columns),"
            f" got shape {tuple(x.shape)}"
        )
    if (x.dtype, x.device) != (query.dtype, query.device):
        raise ValueError(
            f"{name} is {x.dtype} on {x.device},"
            f" query {query.dtype} on {query.device}"
        )


def _mask(mask, query, shape) -> None:
    kinds = (torch.bool, torch.float32, query.dtype)
    if not torch.is_tensor(mask) or mask.dtype not in kinds:
        met = mask.dtype if torch.is_tensor(mask) else type(mask).__name__
        raise ValueError(
            "mask must be boolean, float32 or of the type of query,"
            f" {query.dtype}, got {met}"
        )
    if mask.device != query.device:
        raise ValueError(f"mask is on {mask.device}, query on {query.device}")
    try:
        fits = torch.broadcast_shapes(mask.shape, shape) == shape
    except RuntimeError:
        fits = False
    if not fits:
        raise ValueError(
            f"a mask of shape {tuple(mask.shape)} does not broadcast to the"
            f" weights, {tuple(shape)}"
        )


def refuse_heads(d_model, heads) -> None:
    """Refuse heads that do not share the columns equally."""
    whole("d_model", d_model, 1)
    whole("heads", heads, 1)
    if d_model % heads:
        raise ValueError(
            f"heads must divide d_model, got {heads} and {d_model}"
        )


def refuse_rows(name, x, layer) -> None:
    """Refuse what the linear maps of a layer cannot read."""
    weight = layer.output.weight
    if not torch.is_tensor(x) or x.ndim < 2 or x.shape[-1] != len(weight):
        met = tuple(x.shape) if torch.is_tensor(x) else type(x).__name__
        raise ValueError(
            f"{name} must be rows of {len(weight)} columns, got {met}"
        )
    if (x.dtype, x.device) != (weight.dtype, weight.device):
        raise ValueError(
            f"{name} is {x.dtype} on {x.device},"
            f" the weights {weight.dtype} on {weight.device}"
        )
