"""Queries, keys and values drawn at random."""

import torch


def draw(rng, *shape, dtype=torch.float64):
    return torch.randn(*shape, generator=rng, dtype=torch.float64).to(dtype)


def inputs(rng, *batch, q=4, k=5, d_k=3, d_v=2, dtype=torch.float64):
    """Query, key and value."""
    return [draw(rng, *batch, n, d, dtype=dtype) for n, d in [(q, d_k), (k, d_k), (k, d_v)]]
