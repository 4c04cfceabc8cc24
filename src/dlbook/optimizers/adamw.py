"""Adam with weight decay that its division does not touch.

    w ← (1 - lr * decay) * w, then a step of Adam

Source: Loshchilov and Hutter (2019), https://arxiv.org/abs/1711.05101,
algorithm 2. As in torch, the rate of the moment stands in front of the decay.
"""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

from dlbook._checking import Number, checked_number
from dlbook.gradient_descent import Adam


# --8<-- [start:adamw]
class AdamW(Adam):
    """Adam that first makes each weight smaller by the same share.

    Args:
        params: as in `Adam`; one without a gradient does not decay either.
        lr: as in `Adam`.
        weight_decay: λ; a step keeps the share 1 - lr * weight_decay.
        how: `betas` and `eps` of `Adam`.

    Raises:
        ValueError: also for a `weight_decay` below 0.
    """

    def __init__(
        self, params: Iterable[Tensor], lr: Number = 0.001,
        weight_decay: Number = 0.01, **how: Any,
    ) -> None:
        super().__init__(params, lr, **how)
        self.weight_decay = checked_number(
            "weight_decay", weight_decay, least=0
        )

    @torch.no_grad()
    def step(self) -> None:
        """Once: shrink, then a step of Adam."""
        for p in self.params:
            if p.grad is not None:
                p.mul_(1 - self.lr * self.weight_decay)
        super().step()
# --8<-- [end:adamw]
