"""Folding an interval: each layer of two units doubles the pieces.

    g(x) = 2 max(0, x) - 4 max(0, x - 1/2)     one fold: up to 1, and back

L folds, one behind the other, make 2^L pieces of 2 L units (Telgarsky 2015,
section 2, https://arxiv.org/abs/1509.08101).
"""

import torch

from dlbook._checking import refuse_unless_whole
from dlbook.fully_connected.layers import MLP


# --8<-- [start:folded]
@torch.no_grad()
def folded(times: int) -> MLP:
    """A network that folds the stretch from 0 to 1 so many times.

    >>> folded(2)(torch.tensor([[0.25], [0.5], [0.625]])).flatten().tolist()
    [1.0, 0.0, 0.5]

    Args:
        times: how many hidden layers of two units.

    Raises:
        ValueError: unless it is a whole number of at least 1.
    """
    refuse_unless_whole(1, times=times)
    net = MLP([1] + [2] * times + [1])
    parameters = list(net.parameters())
    (first, *weights), (*biases, last) = parameters[::2], parameters[1::2]
    first.fill_(1)
    for weight in weights:
        weight.copy_(torch.tensor([2.0, -4]))
    for bias in biases:
        bias.copy_(torch.tensor([0, -0.5]))
    last.zero_()
    return net
# --8<-- [end:folded]
