"""A LeNet that reads handwritten digits, small enough to be sent with a page.

It was trained on MNIST by `dlbook train`; its run (`config.json`,
`metrics.jsonl`) lies beside its weights in `mnist_reader/`. They are kept in
whole numbers of 8 bits, with one factor for each row of weights.
"""

import json
from collections.abc import Mapping
from importlib.resources import files

import torch
from jaxtyping import Float
from safetensors.torch import load
from torch import Tensor, nn

from dlbook.datasets import Images
from dlbook.lenet.network import LeNet
from dlbook.training.inputs import Centred

MOST = 127  # the largest whole number of 8 bits whose negative is one too
FACTOR = ".factor"


# --8<-- [start:quantised]
def quantised(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Weights as whole numbers from -127 to 127, with a factor for each row.

    A row is what makes one map or one number. Its largest weight becomes 127
    or -127, so no weight is off by more than half a factor. Biases, and what
    was measured on the pictures, stay as they are.

    Args:
        weights: as `state_dict` gives them.
    """
    found = {}
    for name, weight in weights.items():
        if weight.ndim < 2 or not name.endswith("weight"):
            found[name] = weight
            continue
        rows = weight.flatten(1)
        factor = (rows.abs().amax(1) / MOST).clamp(min=1e-12)
        whole = (rows / factor[:, None]).round().to(torch.int8)
        found[name], found[name + FACTOR] = whole.view_as(weight), factor
    return found
# --8<-- [end:quantised]


def restored(
    numbers: Mapping[str, Tensor], dtype: torch.dtype = torch.float32
) -> dict[str, Tensor]:
    """The weights that whole numbers and factors stand for."""
    found = {}
    for name, value in numbers.items():
        if name.endswith(FACTOR):
            continue
        found[name] = value.double()
        if value.dtype == torch.int8:
            factor = numbers[name + FACTOR].double()
            found[name] *= factor.view(-1, *[1] * (value.ndim - 1))
    return {name: value.to(dtype) for name, value in found.items()}


def numbers() -> dict[str, Tensor]:
    """What is kept of the weights."""
    place = files("dlbook.lenet") / "mnist_reader/weights.safetensors"
    return load(place.read_bytes())


def measured() -> dict[str, float]:
    """The share of MNIST's test pictures that it reads right.

    "float32" is before the weights were rounded, "8 bits" is after it.
    """
    place = files("dlbook.lenet") / "mnist_reader/measured.json"
    return json.loads(place.read_text("utf8"))


def reader(dtype: torch.dtype = torch.float32) -> nn.Module:
    """The net that reads digits: (n, 1, 28, 28) -> (n, 10).

    >>> reader()(torch.zeros(5, 1, 28, 28)).shape
    torch.Size([5, 10])

    Args:
        dtype: of weights and pictures.
    """
    net = Centred(LeNet(), _black_and_white()).to(dtype)
    net.load_state_dict(restored(numbers(), dtype))
    return net.eval().requires_grad_(False)


def _black_and_white() -> Images:
    """Stands in for the pictures; what was measured on them is loaded."""
    x: Float[Tensor, "2 1 1 1"] = torch.tensor([0.0, 1.0]).view(2, 1, 1, 1)
    return Images(x, torch.zeros(2, dtype=torch.int64))
