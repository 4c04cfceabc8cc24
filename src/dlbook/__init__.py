"""The code of the book: one idea per module, each as short as it can be read.

Importing `dlbook` imports no torch, so that the pages can be built without it.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def device() -> "torch.device":
    """The device that the book's listings compute on.

    The environment variable `DLBOOK_DEVICE` names it (`cpu`, `cuda`, `mps`,
    …). Without it, or with `auto`, it is the first GPU if torch finds one,
    else the CPU.
    """
    import torch

    name = os.environ.get("DLBOOK_DEVICE", "auto")
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)
