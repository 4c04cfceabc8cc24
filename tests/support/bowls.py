"""Random bowls: quadratic losses with known curvatures, for the tests of descent and of optimisers."""

import torch


def draw(rng, *shape, dtype=torch.float64):
    return torch.randn(shape, generator=rng, dtype=torch.float64).to(dtype)


def number(value):
    return torch.tensor(value, dtype=torch.float64)


def bowl(rng, size, low, high):
    """A random symmetric matrix whose eigenvalues are low, high and some between them."""
    turn, _ = torch.linalg.qr(draw(rng, size, size))
    middle = low + (high - low) * torch.rand(size - 2, generator=rng, dtype=torch.float64)
    values = torch.cat([number([low, high]), middle])
    return turn @ values.diag() @ turn.T


def height(hessian):
    return lambda p: 0.5 * p @ hessian @ p
