"""Training: the loop that knows no model."""

from dlbook.training.fitting import fit, wrong

__all__ = ["fit", "wrong"]
