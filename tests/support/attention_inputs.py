"""Queries, keys and values drawn at random."""

import math

import torch


def draw(rng, *shape, dtype=torch.float64):
    return torch.randn(*shape, generator=rng, dtype=torch.float64).to(dtype)


def inputs(rng, *batch, q=4, k=5, d_k=3, d_v=2, dtype=torch.float64):
    """Query, key and value."""
    return [draw(rng, *batch, n, d, dtype=dtype) for n, d in [(q, d_k), (k, d_k), (k, d_v)]]


MASKS = {
    "none": lambda rng, q, k: None,
    "boolean": lambda rng, q, k: torch.rand(q, k, generator=rng) < 0.6,
    "nobody": lambda rng, q, k: torch.rand(q, k, generator=rng) < 0.1,
    "numbers": lambda rng, q, k: draw(rng, q, k),
    "infinite": lambda rng, q, k: draw(rng, q, k).masked_fill(torch.rand(q, k, generator=rng) < 0.5, -math.inf),
}
