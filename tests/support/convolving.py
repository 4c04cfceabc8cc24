"""What the tests of both chapters on convolution use."""

import pytest
import torch
from torch import Tensor

from dlbook.convolution import conv2d, conv2d_fast, conv2d_unfold

CONVOLUTIONS = pytest.mark.parametrize("convolution", [conv2d, conv2d_unfold, conv2d_fast])


def draw(rng: torch.Generator, *shape: int) -> Tensor:
    """Random numbers in float64 that keep their gradient."""
    return torch.randn(*shape, generator=rng, dtype=torch.float64, requires_grad=True)
