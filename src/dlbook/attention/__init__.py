"""Attention: each word asks all words, and mixes what they hold."""

from dlbook.attention.heads import (
    MultiHeadAttention,
    attention,
    attention_weights,
    causal_mask,
    cost,
    padding_mask,
)

__all__ = [
    "MultiHeadAttention",
    "attention",
    "attention_weights",
    "causal_mask",
    "cost",
    "padding_mask",
]
