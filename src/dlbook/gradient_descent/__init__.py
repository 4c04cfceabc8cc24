"""Gradient descent: small steps against the gradient, and faster ones."""

from dlbook.gradient_descent.optimizers import SGD, Adam, Optimizer, descend

__all__ = ["SGD", "Adam", "Optimizer", "descend"]
