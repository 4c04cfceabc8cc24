"""Series in time: windows, naive forecasts, and two series.

    naive            what is now
    seasonal naive   what was at the same hour of the last day that is known

A forecast is worth something if it beats these. Hyndman and Athanasopoulos
(2021), "Forecasting: principles and practice", section 5.2.
"""

import math
from typing import Any

import numpy as np
import torch
from jaxtyping import Float, Float64
from matplotlib import cbook
from torch import Tensor

from dlbook._checking import (
    Number,
    checked_floating,
    checked_number,
    checked_whole,
    refuse_unless_whole,
)

DAY, YEAR = 24, 365 * 24  # hours


# --8<-- [start:windows]
def windows(
    series: Float[Tensor, " many"], length: int, ahead: int = 1
) -> tuple[Float[Tensor, "n length"], Float[Tensor, " n"]]:
    """Each stretch of a series, and the number `ahead` steps behind its end.

    >>> x, y = windows(torch.arange(6.0), 3, ahead=2)
    >>> x.tolist(), y.tolist()
    ([[0.0, 1.0, 2.0], [1.0, 2.0, 3.0]], [4.0, 5.0])

    Raises:
        ValueError: for a series too short for one window, or no series.
    """
    checked_floating("series", series)
    refuse_unless_whole(1, length=length, ahead=ahead)
    if series.ndim != 1 or len(series) < length + ahead:
        raise ValueError(
            f"series must be one row of at least {length + ahead} numbers,"
            f" got shape {tuple(series.shape)}"
        )
    every = series.unfold(0, length + ahead, 1)
    return every[:, :length], every[:, -1]
# --8<-- [end:windows]


# --8<-- [start:naive]
def naive(x: Float[Tensor, "n length"]) -> Float[Tensor, " n"]:
    """The last number of each window."""
    return x[:, -1]


def seasonal_naive(
    x: Float[Tensor, "n length"], ahead: int, period: int = DAY
) -> Float[Tensor, " n"]:
    """The last number that is whole periods before what is asked for.

    Raises:
        ValueError: for a window shorter than that.
    """
    refuse_unless_whole(1, ahead=ahead, period=period)
    back = -ahead % period + 1  # places from the end of the window
    checked_whole("the length of x", x.shape[-1], back)
    return x[:, -back]
# --8<-- [end:naive]


def daily_prices() -> tuple[np.ndarray, Float64[Tensor, " days"]]:
    """Days, and the closing price of a share on each, in dollars.

    Google from 19 August 2004 to 14 October 2008, as matplotlib's wheel has
    it for its examples (`goog.npz`), adjusted for splits.

    >>> days, prices = daily_prices()
    >>> str(days[0]), len(prices), prices[0].item()
    ('2004-08-19', 1047, 100.34)
    """
    loaded: Any = cbook.get_sample_data("goog.npz")
    rows = loaded["price_data"]
    return rows["date"], torch.tensor(rows["adj_close"].astype(np.float64))


# --8<-- [start:temperatures]
PERSIST = 0.95  # how much of this hour's deviation is left in the next


def temperatures(
    days: int, generator: torch.Generator, *, noise: Number = 0.7
) -> Float64[Tensor, " hours"]:
    """Made-up hourly temperatures: a year, a day, and weather.

    The weather is a deviation that decays and gets a new push each hour:
    d ← 0.95 d + push, with pushes from N(0, noise²), in degrees.
    """
    refuse_unless_whole(1, days=days)
    checked_number("noise", noise, least=0)
    hours = torch.arange(days * DAY, dtype=torch.float64)
    year = -8 * torch.cos(2 * math.pi * hours / YEAR)
    day = -4 * torch.cos(2 * math.pi * (hours - 3) / DAY)
    pushes = noise * torch.randn(
        len(hours), generator=generator, dtype=torch.float64
    )
    weather, d = [], 0.0
    for push in pushes.tolist():
        d = PERSIST * d + push
        weather.append(d)
    return 12 + year + day + torch.tensor(weather, dtype=torch.float64)


def least_error(ahead: int, *, noise: Number = 0.7) -> float:
    """The root mean square error of whoever knows how they were made.

    What comes in the hours ahead cannot be known: `ahead` pushes, each of
    them decayed since.
    """
    refuse_unless_whole(1, ahead=ahead)
    left = [PERSIST ** (2 * k) for k in range(ahead)]
    return noise * math.sqrt(math.fsum(left))
# --8<-- [end:temperatures]
