"""What optimisers add: decay, schedules, averages, preconditioning."""

from dlbook.optimizers.adamw import AdamW
from dlbook.optimizers.averaging import Average
from dlbook.optimizers.schedules import cosine, one_cycle, warm_up

__all__ = ["AdamW", "Average", "cosine", "one_cycle", "warm_up"]
