"""What pictures go through before a network sees them, as part of the model.

A centred model takes off the mean of the training pixels and divides by their
standard deviation. Both are buffers: they are saved with the weights, so that
a model is never tested with other numbers than it was trained with.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook.datasets import Images, pixels


# --8<-- [start:centred]
class Centred(nn.Module):
    """A model behind pixels of mean 0 and standard deviation 1.

    Args:
        model: what reads the pixels.
        images: the training pictures; no others may be measured.

    Raises:
        ValueError: if all pixels are equal.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, model: nn.Module, images: Images) -> None:
        super().__init__()
        self.model = model
        mean, deviation = measured(images)
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)

    def forward(self, x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n *k"]:
        return self.model((x - self.mean) / self.deviation)
# --8<-- [end:centred]


def measured(images: Images) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation of each channel, each "c 1 1".

    Raises:
        ValueError: if all pixels of a channel are equal.
    """
    total, squares = torch.zeros(2, images.x.shape[1]).double()
    many = 0
    for part in images.x.split(1000):
        x = pixels(part).double()
        total += x.sum((0, 2, 3))
        squares += x.square().sum((0, 2, 3))
        many += x[:, 0].numel()
    mean = total / many
    deviation = (squares / many - mean**2).clamp(0).sqrt()
    if (deviation == 0).any():
        raise ValueError("all pixels of a channel are equal: nothing to see")
    return mean[:, None, None].float(), deviation[:, None, None].float()
