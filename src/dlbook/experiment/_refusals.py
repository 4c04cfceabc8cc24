"""What an experiment refuses, with a ValueError that names the values met."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import torch
from torch import Tensor

from dlbook._checking import checked_number, checked_whole, is_real
from dlbook.experiment.parts import Data
from dlbook.experiment.streams import stream


def checked_seeds(seeds: Any, least: int = 1) -> tuple[int, ...]:
    """The seeds, if they are enough and all different."""
    if not isinstance(seeds, Iterable):
        raise ValueError(f"seeds must be several integers, got {seeds!r}")
    seeds = tuple(seeds)
    if len(seeds) < least:
        raise ValueError(
            f"there must be at least {least} seeds, got {len(seeds)}"
        )
    for seed in seeds:
        stream(seed, "start")  # refuses what is no seed
    if len(set(seeds)) < len(seeds):
        raise ValueError(f"the seeds must differ, got {list(seeds)}")
    return tuple(int(seed) for seed in seeds)


def checked_rates(rates: Any, least: int = 1) -> tuple[float, ...]:
    """The learning rates in order, if they are enough and all different."""
    rates = tuple(rates) if isinstance(rates, Iterable) else (rates,)
    for rate in rates:
        checked_number("a learning rate", rate, above=0)
    if len(rates) < least:
        raise ValueError(
            f"the grid must hold at least {least} learning rates,"
            f" got {list(rates)}"
        )
    if len(set(rates)) < len(rates):
        raise ValueError(f"the rates must differ, got {list(rates)}")
    return tuple(sorted(float(rate) for rate in rates))


def checked_steps(steps: Any, batch: Any, every: Any) -> None:
    """Refuse numbers that count nothing."""
    checked_whole("steps", steps, 1)
    checked_whole("batch", batch, 1)
    if every is not None and checked_whole("every", every, 1) > steps:
        raise ValueError(
            f"every must be at most steps, {steps}, got {every}"
        )


def checked_data(
    data: Any, seeds: Sequence[int], test: bool = False
) -> list[Data]:
    """The data of each seed, if all have parts of the same lengths."""
    makes = isinstance(data, Callable)  # type: ignore[arg-type]
    found = [data(seed) if makes else data for seed in seeds]
    for each in found:
        if not isinstance(each, Data):
            raise ValueError(
                "data must be a dlbook.experiment.Data, or make one from a"
                f" seed, got {type(each).__name__}"
            )
    for name in ("train", "validation", "tested")[: 2 + test]:
        lengths = {len(getattr(each, name).x) for each in found}
        if len(lengths) > 1:
            raise ValueError(
                f"the {name} examples of all seeds must be equally many, got"
                f" {sorted(lengths)}"
            )
    return found


def checked_names(named: Any) -> list[tuple[str, Any]]:
    """Competitors by name, if they are two at least and can be told apart.

    A name must leave the words free of which verdicts are made.
    """
    found = named.items() if isinstance(named, Mapping) else named
    try:
        pairs = [(name, thing) for name, thing in found]
    except (TypeError, ValueError):
        raise ValueError(
            f"competitors must be a dict, or pairs with a name, got {named!r}"
        ) from None
    names = [name for name, _ in pairs]
    if len(names) < 2:
        raise ValueError(f"there must be at least 2 competitors, got {names}")
    if len(set(names)) < len(names):
        raise ValueError(f"the names of competitors must differ, got {names}")
    for name in names:
        good = isinstance(name, str) and name.strip() == name and name
        words = (" and ", " beats ", "\n")
        if not good or any(word in name for word in words):
            raise ValueError(
                'a name must be a text without " and " and " beats ",'
                f" got {name!r}"
            )
    return pairs


def checked_baselines(baselines: Mapping[str, Any] | None) -> dict[str, Any]:
    """Numbers, or functions that find one in the data, by name."""
    found = dict(baselines or {})
    for name, value in found.items():
        if not callable(value):
            checked_number(f"the baseline {name!r}", value)
    return found


def checked_row(name: str, row: Any) -> Tensor:
    """Numbers of a competitor, if all are finite."""
    row = row if torch.is_tensor(row) else [*row]
    try:
        numbers = torch.as_tensor(row, dtype=torch.float64).cpu()
    except (TypeError, ValueError, RuntimeError):
        numbers = torch.empty(0, 0)
    if numbers.ndim != 1 or not numbers.isfinite().all():
        raise ValueError(
            f"the values of {name} must be a row of finite numbers,"
            f" got {row!r}"
        )
    return numbers


def checked_settings(settings: Any) -> list[Any]:
    """The grid of the one other thing to choose; [None] if there is none."""
    if not settings:
        return [None]
    if len(settings) != 1:
        raise ValueError(
            f"one setting can be chosen, got a grid for {list(settings)}"
        )
    ((name, grid),) = settings.items()
    grid = list(grid)
    if len(grid) < 2 or len(set(grid)) < len(grid):
        raise ValueError(
            f"the grid of {name} must hold at least 2 different settings,"
            f" got {grid}"
        )
    return sorted(grid) if all(map(is_real, grid)) else grid


def pairs_of(
    names: Sequence[str], against: str | None = None
) -> list[tuple[str, str]]:
    """All pairs, or each of the others with the one named.

    Raises:
        ValueError: if there is none of that name.
    """
    if against is None:
        return list(combinations(names, 2))
    if against not in names:
        raise ValueError(f"against must be one of {names}, got {against!r}")
    return [(name, against) for name in names if name != against]


def refuse_uncallable(*allowed: Any, **values: Any) -> None:
    """Refuse what cannot be called, and is none of those allowed instead."""
    for name, value in values.items():
        if value not in allowed and not callable(value):
            raise ValueError(f"{name} must be a function, got {value!r}")


def refuse_others(name: str, value: Any, allowed: Sequence[Any]) -> None:
    """Refuse what is not one of a few."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {allowed}, got {value!r}")


def refuse_unpaired(seen: Mapping[str, Sequence[Data]]) -> None:
    """Refuse competitors that are not tested on the same examples."""
    (first, theirs), *others = seen.items()
    for name, ours in others:
        for mine, other in zip(ours, theirs, strict=True):
            if (sizes := _sizes(mine)) != (expected := _sizes(other)):
                raise ValueError(
                    f"{name!r} and {first!r} must see equally many training,"
                    f" validation and test examples, got {sizes} and"
                    f" {expected}"
                )
            if not torch.equal(mine.tested.y, other.tested.y):
                raise ValueError(
                    f"{name!r} and {first!r} must be tested on the same"
                    " examples, but their targets differ"
                )


def _sizes(data: Data) -> list[int]:
    return [len(p.x) for p in (data.train, data.validation, data.tested)]
