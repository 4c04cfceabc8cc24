"""Checks of the exercises of the chapter Positional encoding."""

from collections.abc import Callable
from math import pi

import torch
from torch import Tensor

from dlbook.exercises._forms import Findings, close
from dlbook.positional_encoding import positional_encoding, shift_matrix


def check_base(waves: Callable[[int, float], list[float]]) -> Findings:
    """The wavelengths of an encoding."""
    for d, base in (8, 10_000.0), (8, 100.0), (4, 10_000.0):
        pairs = range(d // 2)
        right = [2 * pi * base ** (2 * i / d) for i in pairs]
        yield close(
            f"{d} columns, base {base:g}: one length for each pair",
            waves(d, base), right,
            {
                "2π is missing": [base ** (2 * i / d) for i in pairs],
                "the exponent is i/d, and not 2i/d": [
                    2 * pi * base ** (i / d) for i in pairs],
                "frequencies are given, and not lengths": [
                    1 / length for length in right],
                "there is one for each column": [
                    2 * pi * base ** (2 * (c // 2) / d) for c in range(d)],
                "they run from long to short": right[::-1],
                "it reaches the base at the last pair": [
                    2 * pi * base ** (i / (d // 2 - 1)) for i in pairs],
            },
            tol=1e-5,
        )


def check_back(back: Callable[[Tensor], Tensor]) -> Findings:
    """The matrix that shifts back."""
    rows = positional_encoding(12, 8).double()
    for steps in 5, 2:
        forward = shift_matrix(steps, 8).double()
        found = back(forward)
        yield close(
            f"of a shift by {steps} it makes one by −{steps}",
            found, shift_matrix(-steps, 8),
            {
                "it is the shift forward": forward,
                "the sign of the matrix is turned, and not of the angle": (
                    -forward
                ),
            },
        )
        yield close(
            "there and back again, all rows are as before",
            rows @ forward.T @ torch.as_tensor(found).double().T, rows,
        )
