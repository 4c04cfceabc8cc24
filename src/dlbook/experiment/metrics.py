"""What is measured on examples that a network has not learned from."""

from collections.abc import Callable
from typing import NamedTuple

from torch import Tensor

from dlbook._checking import Number

Measure = Callable[[Tensor, Tensor], Tensor | Number]


# --8<-- [start:metric]
class Scale(NamedTuple):
    """How numbers are shown, and which are better.

    Attributes:
        unit: in which they are shown; "points" are percentage points.
        better: "less", or "more".
        name: what they are.
        times: the factor with which they are shown, such as 100 for a share.
    """

    unit: str = ""
    better: str = "less"
    name: str = "value"
    times: Number = 1


class Metric(NamedTuple):
    """A number for a network, from all its outputs and what is right.

    Attributes:
        function: from outputs and targets to one number.
        scale: how the number is shown, and which is better.
    """

    function: Measure
    scale: Scale = Scale()
# --8<-- [end:metric]
