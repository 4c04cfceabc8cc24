"""Attention layers, from torch's way of storing weights to ours and back.

`torch.nn.MultiheadAttention` keeps the matrices of query, key and value in one
parameter, `in_proj_weight`: stacked, in this order, so it has 3 * d_model rows.
"""

from collections.abc import Iterator

import torch
from torch import nn

from dlbook.attention.heads import MultiHeadAttention

PARTS = ("query", "key", "value")


def from_torch(layer: nn.MultiheadAttention) -> MultiHeadAttention:
    """Our layer, with a copy of the weights of torch's.

    Raises:
        ValueError: for what ours does not have: keys of another width, extra
            keys (`add_bias_kv`, `add_zero_attn`), dropout.
    """
    _refuse_other_layers(layer)
    state = {}
    for kind in _kinds(layer.out_proj):
        packed = getattr(layer, f"in_proj_{kind}")
        for name, part in zip(PARTS, packed.chunk(3), strict=True):
            state[f"{name}.{kind}"] = part
        state[f"output.{kind}"] = getattr(layer.out_proj, kind)
    bias = layer.in_proj_bias is not None
    ours = MultiHeadAttention(layer.embed_dim, layer.num_heads, bias=bias)
    ours.to(layer.out_proj.weight).load_state_dict(state)
    return ours


def to_torch(layer: MultiHeadAttention) -> nn.MultiheadAttention:
    """Torch's layer (with `batch_first`), with a copy of our weights."""
    state = {}
    for kind in _kinds(layer.output):
        parts = [getattr(getattr(layer, name), kind) for name in PARTS]
        state[f"in_proj_{kind}"] = torch.cat(parts)
        state[f"out_proj.{kind}"] = getattr(layer.output, kind)
    theirs = nn.MultiheadAttention(
        layer.d_model, layer.heads,
        bias=layer.output.bias is not None, batch_first=True,
    )
    theirs.to(layer.output.weight).load_state_dict(state)
    return theirs


def _kinds(linear: nn.Linear) -> Iterator[str]:
    yield "weight"
    if linear.bias is not None:
        yield "bias"


def _refuse_other_layers(layer) -> None:
    if not isinstance(layer, nn.MultiheadAttention):
        raise ValueError(
            "layer must be a torch.nn.MultiheadAttention,"
            f" got {type(layer).__name__}"
        )
    if layer.in_proj_weight is None:
        raise ValueError(
            f"keys have {layer.kdim} columns and values {layer.vdim},"
            f" ours must have {layer.embed_dim}"
        )
    if layer.bias_k is not None or layer.add_zero_attn or layer.dropout:
        raise ValueError(
            "ours has no extra keys and no dropout, got"
            f" add_bias_kv={layer.bias_k is not None},"
            f" add_zero_attn={layer.add_zero_attn}, dropout={layer.dropout}"
        )
