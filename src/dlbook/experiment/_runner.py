"""What trains the networks of a competitor, with a setting and rates."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from inspect import Parameter, signature
from typing import Any

import torch

from dlbook.experiment._crew import Make
from dlbook.experiment._start import refuse_no_maker
from dlbook.experiment.competitors import Competitor
from dlbook.experiment.many import Many, fit_many
from dlbook.experiment.parts import Data

COMMON = "make", "seeds", "data", "rates", "metric"  # `compare` gives them
OWN = [name for name in signature(fit_many).parameters if name not in COMMON]


# --8<-- [start:runner]
def runner(
    competitor: Competitor, seeds: Sequence[int], data: Sequence[Data],
    how: Mapping[str, Any],
) -> Callable[[Any, Sequence[float]], Many]:
    """What trains its networks, with a setting and rates.

    It is given no test examples, so that none can leak.
    """
    kept = {id(each): each.without_test() for each in data}
    shown = [kept[id(each)] for each in data]  # one object for all stays one
    of_seed = dict(zip(seeds, shown, strict=True)).__getitem__

    def run(setting: Any, rates: Sequence[float]) -> Many:
        make, chosen = _with_setting(competitor, setting, dict(how))
        return fit_many(make, seeds, of_seed, rates=rates, **chosen)

    return run
# --8<-- [end:runner]


def _with_setting(competitor, setting, how) -> tuple[Make, dict]:
    """`make` and the arguments of `fit_many`, one of them set."""
    make, name = competitor.make, _setting(competitor)
    if name and name in signature(make).parameters:
        make = partial(make, **{name: setting})
    elif name in OWN:
        how[name] = setting
    elif name:
        how["optimizer"] = partial(_optimizer(how), **{name: setting})
    return make, how


def _setting(competitor) -> str:
    """The name of the other thing to choose, if there is one."""
    return next(iter(competitor.settings or ()), "")


def _optimizer(how) -> Callable:
    return how.get("optimizer", torch.optim.Adam)


def refuse_unknown(competitor: Competitor, how: Mapping[str, Any]) -> None:
    """Refuse arguments and settings that nothing takes.

    Raises:
        ValueError: naming them, and what there is.
    """
    refuse_no_maker(competitor.make)
    for name in how.keys() - {"metric"} | competitor.how.keys():
        if name not in OWN:
            raise ValueError(f"a competitor may have {OWN}, got {name!r}")
    name, optimizer = _setting(competitor), _optimizer(how)
    known = name in OWN or _takes(name, competitor.make, optimizer)
    if name == "steps" or (name and not known):
        raise ValueError(
            "a setting must be an argument of make or of the optimiser, or"
            f" one of {OWN} other than steps, got {name!r}"
        )


def _takes(name: str, *functions: Callable) -> bool:
    """Whether one of them has an argument of this name."""
    return any(
        each.name == name or each.kind is Parameter.VAR_KEYWORD
        for function in functions
        for each in signature(function).parameters.values()
    )
