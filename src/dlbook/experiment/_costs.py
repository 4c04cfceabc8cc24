"""What a network costs: numbers to learn, and multiplications."""

from copy import deepcopy

import torch
from jaxtyping import Shaped
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from dlbook.experiment._recipe import trainable
from dlbook.experiment._translated import translated


def parameters(net: nn.Module) -> int:
    """How many numbers training can change; a shared one counts once."""
    return sum(parameter.numel() for parameter in trainable(net))


@torch.no_grad()
def multiply_adds(net: nn.Module, x: Shaped[Tensor, "n *d"]) -> int:
    """How many products of matrices and convolutions take for an example.

    >>> multiply_adds(nn.Linear(64, 10), torch.zeros(2, 64))
    640
    """
    counted = translated(deepcopy(net)).eval()  # all its products are seen
    with FlopCounterMode(display=False) as counter:
        counted(x[:1])
    return counter.get_total_flops() // 2
