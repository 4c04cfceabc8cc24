"""Learning-rate schedules as functions of the step, as torch counts it.

`dlbook.training.recipes` has schedules as functions of the part of a run that
is done. These here reproduce `torch.optim.lr_scheduler` at each step t = 0, 1,
…: the rate of step t is the full one times the value. Sources: Loshchilov and
Hutter (2017), https://arxiv.org/abs/1608.03983, equation 5 (cosine); Smith and
Topin (2018), https://arxiv.org/abs/1708.07120, section 3 (one cycle); Goyal et
al. (2017), https://arxiv.org/abs/1706.02677, section 2.2 (warm-up).
"""

import math

from dlbook._checking import Number, checked_number, checked_whole


# --8<-- [start:cosine]
def cosine(t: int, steps: int, low: Number = 0.0) -> float:
    """From 1 at t = 0 to `low` at t = `steps`, half a wave.

    That of `CosineAnnealingLR(optimizer, steps)`. A run of `steps` steps ends
    with t = steps - 1, so it takes no step at `low` itself.

    >>> [round(cosine(t, 4), 3) for t in range(5)]
    [1.0, 0.854, 0.5, 0.146, 0.0]
    """
    _refuse_outside(t, steps, checked_whole("steps", steps, 1))
    low = checked_number("low", low, least=0, most=1)
    return low + (1 - low) * (1 + math.cos(math.pi * t / steps)) / 2
# --8<-- [end:cosine]


# --8<-- [start:warm_up]
def warm_up(t: int, steps: int, start: Number = 1 / 3) -> float:
    """From `start` at t = 0 to 1 at t = `steps` in a straight line, then 1.

    That of `LinearLR(optimizer, start, total_iters=steps)`: the first full
    step is number `steps`, counted from 0.

    >>> [round(warm_up(t, 2, start=0.5), 3) for t in range(4)]
    [0.5, 0.75, 1.0, 1.0]
    """
    _refuse_outside(t, checked_whole("steps", steps, 1))
    start = checked_number("start", start, above=0, most=1)
    return start + (1 - start) * min(1, t / steps)
# --8<-- [end:warm_up]


# --8<-- [start:one_cycle]
def one_cycle(
    t: int, steps: int, warm: Number = 0.3, first: Number = 1 / 25,
    last: Number = 1e-4,
) -> float:
    """Half a wave up from `first` to 1, then half a wave down.

    That of `OneCycleLR`: the peak is at t = warm * steps - 1, which need not
    be whole, and the last step, t = steps - 1, has the rate first * last.

    >>> [round(one_cycle(t, 6, warm=0.5), 3) for t in range(6)]
    [0.04, 0.52, 1.0, 0.75, 0.25, 0.0]

    Raises:
        ValueError: for a t outside the run, numbers outside 0 … 1, and for
            a way up or down of no length.
    """
    _refuse_outside(t, checked_whole("steps", steps, 2), steps - 1)
    warm = checked_number("warm", warm, above=1 / steps, below=1)
    ends = [checked_number("first", first, above=0, most=1), 1.0, 0.0]
    ends[2] = ends[0] * checked_number("last", last, least=0, most=1)
    peak, end = warm * steps - 1, steps - 1
    if t <= peak:
        return _wave(ends[0], ends[1], t / peak)
    return _wave(ends[1], ends[2], (t - peak) / (end - peak))
# --8<-- [end:one_cycle]


def _wave(start: float, end: float, done: float) -> float:
    """Half a wave from `start` to `end`."""
    return end + (start - end) * (1 + math.cos(math.pi * done)) / 2


def _refuse_outside(t: object, steps: int, most: Number = math.inf) -> None:
    """Refuse a step before the first, or after the last of the run."""
    checked_whole("t", t, 0, most)
