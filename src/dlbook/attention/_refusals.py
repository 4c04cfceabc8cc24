"""What attention refuses, with a ValueError that names the values met."""

import torch

from dlbook._checking import (
    ROWS,
    checked_floating,
    kind,
    refuse_other_device,
    refuse_other_kind,
    refuse_unless_whole,
)


def refuse_misfits(mask, **tensors) -> None:
    """Refuse queries, keys, values and a mask that do not fit together."""
    for name, x in tensors.items():
        checked_floating(name, x, ROWS)
    refuse_other_kind(**tensors)
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
        _refuse_mask(mask, query, (*leading, query.shape[-2], key.shape[-2]))


def _refuse_mask(mask, query, shape) -> None:
    if kind(mask) not in (torch.bool, torch.float32, query.dtype):
        raise ValueError(
            "mask must be boolean, float32 or of the type of query,"
            f" {query.dtype}, got {kind(mask)}"
        )
    refuse_other_device(query=query, mask=mask)
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
    refuse_unless_whole(1, d_model=d_model, heads=heads)
    if d_model % heads:
        raise ValueError(
            f"heads must divide d_model, got {heads} and {d_model}"
        )


def refuse_rows(name, x, weight) -> None:
    """Refuse what a layer with these weights cannot read."""
    checked_floating(name, x, ROWS)
    if x.shape[-1] != len(weight):
        raise ValueError(
            f"{name} must be rows of {len(weight)} columns,"
            f" got {tuple(x.shape)}"
        )
    refuse_other_kind(**{"weight": weight, name: x})
