"""Where each attention of a model looks."""

from functools import partial
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook.attention import MultiHeadAttention


# --8<-- [start:attention_maps]
@torch.no_grad()
def attention_maps(
    model: nn.Module, *inputs: Any
) -> dict[str, Float[Tensor, "*n heads q k"]]:
    """Run the model, and give the weights of each attention in it, by name.

    A hook notes what each attention is called with, and asks it for its
    weights. Nothing is dropped from these, in training either.
    """
    found: dict[str, Tensor] = {}

    def note(name, layer, args):
        found[name] = layer.weights(*args)

    hooks = [
        layer.register_forward_pre_hook(partial(note, name))
        for name, layer in model.named_modules()
        if isinstance(layer, MultiHeadAttention)
    ]
    try:
        model(*inputs)
    finally:
        for hook in hooks:
            hook.remove()
    return found
# --8<-- [end:attention_maps]
