"""Two models that are the same function."""

import torch
from torch import Tensor, nn
from torch.testing import assert_close


def assert_same_function(ours: nn.Module, theirs: nn.Module, x: Tensor) -> Tensor:
    """Equal in value, and in the gradients of the input and of each weight, in their order. Returns the value."""
    inputs = [x.detach().clone().requires_grad_() for _ in range(2)]
    y = [net(each) for net, each in zip((ours, theirs), inputs, strict=True)]
    assert_close(*y)
    torch.stack([result.square().sum() for result in y]).sum().backward()
    assert_close(inputs[0].grad, inputs[1].grad)
    for a, b in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert_close(a.grad, b.grad)
    return y[0]
