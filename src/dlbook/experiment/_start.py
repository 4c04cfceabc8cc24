"""Networks at their start, as a seed decides."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import Parameter, signature

import torch
from torch import nn

from dlbook.experiment.streams import stream


@contextmanager
def borrowed(generator: torch.Generator) -> Iterator[None]:
    """Inside, what asks torch's own generator draws from this one."""
    outside = torch.get_rng_state()
    torch.set_rng_state(generator.get_state())
    try:
        yield
    finally:
        generator.set_state(torch.get_rng_state())
        torch.set_rng_state(outside)


# --8<-- [start:built]
def built(make: Callable[..., nn.Module], seed: int) -> nn.Module:
    """The network at its start, as the seed decides.

    `make` gets a generator if it has an argument of that name, or a first one
    that it cannot do without. Else its layers draw from torch's own, which is
    then seeded alike. If it gets one, torch's own is seeded in another way, so
    that layers with the one and with the other do not draw the same numbers.

    Raises:
        ValueError: if `make` gives no network.
    """
    by_place, by_name = _generator_for(make, stream(seed, "start"))
    purpose = "layers" if by_place or by_name else "start"
    with borrowed(stream(seed, purpose)):
        net = make(*by_place, **by_name)
    if not isinstance(net, nn.Module):
        raise ValueError(
            f"make must give a torch.nn.Module, got {type(net).__name__}"
        )
    return net
# --8<-- [end:built]


def refuse_no_maker(make: object) -> None:
    """Refuse what gives no network, or is one."""
    if isinstance(make, nn.Module) or not callable(make):
        raise ValueError(
            "make must be a function that gives a new network,"
            f" got {type(make).__name__}"
        )


def _generator_for(make, generator) -> tuple[list, dict]:
    """The generator as an argument by place or by name, or none."""
    try:
        parameters = list(signature(make).parameters.values())
    except ValueError:  # some callables hide what they take
        return [], {}
    if any(parameter.name == "generator" for parameter in parameters):
        return [], {"generator": generator}
    by_place = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    needed = [p for p in parameters[:1] if p.default is Parameter.empty]
    return [generator for p in needed if p.kind in by_place], {}
