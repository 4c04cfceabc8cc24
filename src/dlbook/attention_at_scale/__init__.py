"""Attention for long texts: in blocks, with a cache, with grouped heads."""

from dlbook.attention_at_scale.blocks import attention_in_blocks
from dlbook.attention_at_scale.cache import (
    KeyValueCache,
    cache_bytes,
    last_rows,
)
from dlbook.attention_at_scale.grouped import GroupedAttention

__all__ = [
    "GroupedAttention",
    "KeyValueCache",
    "attention_in_blocks",
    "cache_bytes",
    "last_rows",
]
