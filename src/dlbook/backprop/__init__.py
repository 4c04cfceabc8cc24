"""Backpropagation: the four equations, and an autograd of our own."""

from dlbook.backprop.equations import (
    Layer,
    cross_entropy_delta,
    deltas,
    forward,
    gradients,
    numerical_gradient,
)

__all__ = [
    "Layer",
    "cross_entropy_delta",
    "deltas",
    "forward",
    "gradients",
    "numerical_gradient",
]
