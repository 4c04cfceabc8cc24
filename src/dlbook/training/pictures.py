"""Any picture, made into one that a model reads."""

from jaxtyping import Float32, UInt8
from torch import Tensor, nn, tensor

from dlbook.datasets import pixels
from dlbook.training.registry import Shape

GREY = (0.299, 0.587, 0.114)  # how much of red, green, blue: ITU-R BT.601


# --8<-- [start:fitted]
def fitted(x: UInt8[Tensor, "c h w"], shape: Shape) -> Float32[Tensor, "..."]:
    """A picture with the channels, rows and columns that a model reads.

    Colours become grey by their brightness, grey becomes three equal
    channels. The size changes with antialiasing; the proportions are those
    that the model reads.

    Args:
        x: grey or in colour.
        shape: channels, rows, columns.

    Raises:
        ValueError: for other channels than one or three.
    """
    c, *size = shape
    if {len(x), c} - {1, 3}:
        raise ValueError(
            f"pictures have one channel or three, got {len(x)}, and the"
            f" model reads {c}"
        )
    y = pixels(x)
    if len(y) > c:
        y = (y * tensor(GREY)[:, None, None]).sum(0, keepdim=True)
    y = y.expand(c, -1, -1)[None]
    if list(y.shape[2:]) != size:
        y = nn.functional.interpolate(
            y, size, mode="bilinear", antialias=True
        )
    return y[0].clamp(0, 1).contiguous()
# --8<-- [end:fitted]


def changed(x: UInt8[Tensor, "c h w"], shape: Shape) -> str:
    """What `fitted` has to do to a picture, in words; empty if nothing."""
    if tuple(x.shape) == tuple(shape):
        return ""
    return f"{_said(tuple(x.shape))}, read as {_said(shape)}"


def _said(shape: tuple[int, ...]) -> str:
    c, h, w = shape
    return f"{h}×{w} {'grey' if c == 1 else 'in colour'}"
