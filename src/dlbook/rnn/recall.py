"""A task of memory: what was the first number, many steps ago?"""

from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import refuse_unless_whole


# --8<-- [start:sequences]
def recall(
    many: int, lag: int, generator: torch.Generator
) -> tuple[Float[Tensor, "many steps 2"], Float[Tensor, " many"]]:
    """Sequences whose first number is asked for, `lag` steps later.

    Each step has two inputs: the number to be kept, 0 after the first step;
    and noise that says nothing. Both are drawn from -1 … 1.

    >>> x, y = recall(5, 3, torch.Generator().manual_seed(0))
    >>> x.shape, torch.equal(x[:, 0, 0], y), x[0, 1:, 0].tolist()
    (torch.Size([5, 4, 2]), True, [0.0, 0.0, 0.0])
    """
    refuse_unless_whole(1, many=many, lag=lag)
    x = 2 * torch.rand(many, lag + 1, 2, generator=generator) - 1
    x[:, 1:, 0] = 0
    return x, x[:, 0, 0].clone()
# --8<-- [end:sequences]


# --8<-- [start:reader]
class Reader(nn.Module):
    """Reads a sequence, then answers with a number from the last state.

    Args:
        layer: a recurrent layer with `batch_first`.
        generator: where the weights of the answer come from.
    """

    def __init__(
        self, layer: Any, generator: torch.Generator | None = None
    ) -> None:
        super().__init__()
        self.layer = layer
        self.output = nn.Linear(layer.hidden_size, 1)
        edge = layer.hidden_size**-0.5
        with torch.no_grad():
            for weight in self.output.parameters():
                weight.uniform_(-edge, edge, generator=generator)

    def forward(self, x: Float[Tensor, "n t i"]) -> Float[Tensor, " n"]:
        return self.output(self.layer(x)[0][:, -1])[:, 0]
# --8<-- [end:reader]
