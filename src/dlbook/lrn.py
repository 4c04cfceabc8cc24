"""Local response normalisation: each channel, damped by its neighbours.

    b[i] = a[i] / (k + alpha * sum of a[j]² over the window of i) ** beta

The sum runs over `size` channels around channel i, at one place of the image,
as far as they exist. Constants and convention are those of Krizhevsky,
Sutskever and Hinton (2012), section 3.3: alpha is not divided by `size`.
`torch.nn.LocalResponseNorm` does divide it, and has k = 1.
"""

from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import (
    Number,
    checked_floating,
    checked_number,
    narrowed,
    refuse_unless_whole,
    refuse_unlike,
    widened,
)


# --8<-- [start:lrn]
def lrn(
    x: Float[Tensor, "n c *places"], size: int = 5,
    *, alpha: Number = 1e-4, beta: Number = 0.75, k: Number = 2.0,
) -> Float[Tensor, "n c *places"]:
    """Divide each channel by what `size` channels around it hold.

    Args:
        x: activations; the second axis is the channels, the others (one at
            least) are places. A window reaches `size // 2` channels back and
            `(size - 1) // 2` ahead: an even one leans to the front, as
            torch's. Half precision is squared and summed in single.
        size: how many channels a window spans, the middle one included.
        alpha: weight of the sum of squares, not divided by `size`.
        beta: the power; 0 leaves x as it is.
        k: what the sum of squares is added to. With 0, a window full of
            zeros gives 0 / 0, which is NaN.

    Raises:
        ValueError: for numbers without sense, or a tensor that does not fit.
    """
    _refuse_misfits(x, size, alpha=alpha, beta=beta, k=k)
    squares = widened(x).square()
    scale = k + alpha * _window_sums(squares, size // 2, (size - 1) // 2)
    return narrowed(x / scale**beta, x)
# --8<-- [end:lrn]


# --8<-- [start:window_sums]
def _window_sums(values, back, ahead) -> Tensor:
    """For channel i, the sum of channels i - back … i + ahead that exist."""
    if values.numel() == 0:
        return values
    padded = nn.functional.pad(values.movedim(1, -1), (back, ahead))
    return padded.unfold(-1, back + 1 + ahead, 1).sum(-1).movedim(-1, 1)
# --8<-- [end:window_sums]


# --8<-- [start:lrn_gradient]
def lrn_gradient(
    grad_y: Float[Tensor, "n c *places"], x: Float[Tensor, "n c *places"],
    size: int = 5,
    *, alpha: Number = 1e-4, beta: Number = 0.75, k: Number = 2.0,
) -> Float[Tensor, "n c *places"]:
    """dL/dx of `lrn`, by hand, from dL/dy."""
    _refuse_misfits(x, size, alpha=alpha, beta=beta, k=k)
    refuse_unlike(x=x, grad_y=grad_y)
    a, g, back, ahead = widened(x), widened(grad_y), size // 2, (size - 1) // 2
    scale = k + alpha * _window_sums(a.square(), back, ahead)
    # who has channel j in its window? The window of j, turned round
    blame = _window_sums(g * a * scale ** (-beta - 1), ahead, back)
    grad_x = g * scale**-beta - 2 * alpha * beta * a * blame
    return grad_x.to(x.dtype)
# --8<-- [end:lrn_gradient]


# --8<-- [start:layer]
class LocalResponseNorm(nn.Module):
    """`lrn` as a layer. It has no weights, and learns nothing."""

    def __init__(
        self, size: int = 5,
        *, alpha: Number = 1e-4, beta: Number = 0.75, k: Number = 2.0,
    ) -> None:
        super().__init__()
        _refuse_numbers(size, alpha=alpha, beta=beta, k=k)
        self.size, self.alpha, self.beta, self.k = size, alpha, beta, k

    def forward(
        self, x: Float[Tensor, "n c *places"]
    ) -> Float[Tensor, "n c *places"]:
        how = {"alpha": self.alpha, "beta": self.beta, "k": self.k}
        return lrn(x, self.size, **how)
# --8<-- [end:layer]

    def extra_repr(self) -> str:
        return (
            f"{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}"
        )


def _refuse_numbers(size, **numbers) -> None:
    refuse_unless_whole(1, size=size)
    for name, value in numbers.items():
        checked_number(name, value, least=0)


def _refuse_misfits(x, size, **numbers) -> None:
    _refuse_numbers(size, **numbers)
    checked_floating("x", x, "images, channels, places, …")
