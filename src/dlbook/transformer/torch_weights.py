"""Transformers, from torch's way of storing weights to ours.

Ours holds each layer together with its norm; torch numbers the norms.

    torch's           ours                 torch's           ours
    self_attn         attention.layer      norm1             attention.norm
    multihead_attn    cross.layer          norm2 (decoder)   cross.norm
    linear1           feed.layer.hidden    the last norm     feed.norm
    linear2           feed.layer.output
"""

from collections.abc import Callable, Iterator
from typing import Any

from torch import Tensor, nn

from dlbook.attention.torch_weights import PARTS
from dlbook.transformer.layers import DecoderLayer, EncoderLayer
from dlbook.transformer.model import Decoder, Encoder

KINDS: dict[type, Callable[..., Any]] = {
    nn.TransformerEncoderLayer: EncoderLayer,
    nn.TransformerDecoderLayer: DecoderLayer,
    nn.TransformerEncoder: Encoder,
    nn.TransformerDecoder: Decoder,
}
# --8<-- [start:names]
BOTH = {
    "self_attn.": "attention.layer.",
    "out_proj.": "output.",
    "norm1.": "attention.norm.",
    "dropout1.": "attention.drop.",
    "linear1.": "feed.layer.hidden.",
    "dropout.": "feed.layer.drop.",
    "linear2.": "feed.layer.output.",
}
READS = {**BOTH, "norm2.": "feed.norm.", "dropout2.": "feed.drop."}
WRITES = {
    **BOTH,
    "multihead_attn.": "cross.layer.",
    "norm2.": "cross.norm.",
    "dropout2.": "cross.drop.",
    "norm3.": "feed.norm.",
    "dropout3.": "feed.drop.",
}
# --8<-- [end:names]


# --8<-- [start:from_torch]
def from_torch(module: nn.Module) -> Any:
    """Ours, with a copy of the weights of torch's layer or stack of layers.

    Ours drops in training what torch's drops: its one number goes to
    `dropout` and `inner_dropout`. Of an `nn.Transformer` take the `encoder`
    and the `decoder`, one after the other.

    Raises:
        ValueError: for another module, and for a last norm of another kind.
    """
    if type(module) not in KINDS:
        raise ValueError(
            f"module must be one of {', '.join(k.__name__ for k in KINDS)},"
            f" got {type(module).__name__}"
        )
    ours = _built(module)
    state = dict(_cut(module))
    ours.to(next(iter(state.values()))).load_state_dict(state)
    _set_numbers(module, ours)
    return ours.train(module.training)
# --8<-- [end:from_torch]


def _built(module: Any) -> nn.Module:
    """Ours, of the same sizes; its weights are those of the start."""
    kind, stacked = KINDS[type(module)], hasattr(module, "layers")
    layer = module.layers[0] if stacked else module
    sizes = {
        "d": layer.self_attn.embed_dim,
        "heads": layer.self_attn.num_heads,
        "d_ff": layer.linear1.out_features,
        "norm": "before" if layer.norm_first else "after",
        "activation": layer.activation,
        "bias": layer.linear1.bias is not None,
    }
    if stacked:
        sizes["layers"] = len(module.layers)
        sizes["last_norm"] = module.norm is not None
        if not isinstance(module.norm, nn.LayerNorm | None):
            raise ValueError(
                "the last norm must be a torch.nn.LayerNorm,"
                f" got {type(module.norm).__name__}"
            )
    return kind(**sizes)


def _renamed(module: nn.Module, name: str) -> str:
    reads = isinstance(module, nn.TransformerEncoder
                       | nn.TransformerEncoderLayer)
    for theirs, mine in (READS if reads else WRITES).items():
        name = name.replace(theirs, mine)
    return name


def _cut(module: nn.Module) -> Iterator[tuple[str, Tensor]]:
    """Our names and torch's weights; in_proj is cut in three."""
    for name, value in module.state_dict().items():
        name = _renamed(module, name)
        if "in_proj_" not in name:
            yield name, value
            continue
        for part, rows in zip(PARTS, value.chunk(3), strict=True):
            yield name.replace("in_proj_", f"{part}."), rows


def _set_numbers(module: nn.Module, ours: nn.Module) -> None:
    """What is added to variances, and what is dropped, layer by layer."""
    for name, theirs in module.named_modules():
        mine: Any = ours
        if name:
            mine = ours.get_submodule(_renamed(module, f"{name}.")[:-1])
        if isinstance(theirs, nn.LayerNorm):
            mine.eps = theirs.eps
        elif isinstance(theirs, nn.Dropout):
            mine.p = theirs.p
        elif isinstance(theirs, nn.MultiheadAttention):
            mine.drop.p = theirs.dropout
