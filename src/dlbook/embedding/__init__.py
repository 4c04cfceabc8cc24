"""Embedding: each id gets a row of weights, to be learned."""

from dlbook.embedding.lookups import (
    Embedding,
    cosine_similarity,
    embed_one_hot,
    lookup,
    lookup_gradient,
    nearest,
)

__all__ = [
    "Embedding",
    "cosine_similarity",
    "embed_one_hot",
    "lookup",
    "lookup_gradient",
    "nearest",
]
