"""Who trains: stacks of networks if they come to the same, else loops."""

from collections.abc import Callable
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn.parameter import is_lazy

from dlbook.experiment._groups import Groups, divided
from dlbook.experiment._loops import Loops, state
from dlbook.experiment._noise import Noise
from dlbook.experiment._recipe import EACH_WEIGHT_BY_ITSELF, Recipe, trainable
from dlbook.experiment._stack import Stack
from dlbook.experiment._start import built
from dlbook.experiment._trial import Plain, plain_trial, stack_trial
from dlbook.experiment.parts import Part

Make = Callable[..., nn.Module]
Crew = Groups | Loops

FEW = 3  # so many networks are trained faster at once than in a loop
LONG = 100  # steps from which it pays to record one
CACHE = 40_000_000  # bytes that the steps of a stack may keep on a CPU


# --8<-- [start:crew_for]
def crew_for(
    make: Make, seeds: tuple[int, ...], recipe: Recipe,
    first: Part, new: Tensor, steps: int,
) -> tuple[Crew, str]:
    """The networks for each rate and seed, and why they are not stacked.

    Args:
        make: gives a network.
        seeds: decide its start and its noise.
        recipe: how the networks are trained.
        first: for each seed the examples of a first step.
        new: for each seed examples to look at.
        steps: of the whole run; 0 forbids a stack.

    Raises:
        ValueError: if the networks, or what they give, make no sense.
    """
    nets = _nets(make, seeds, new)
    _refuse_others(nets, _nets(make, seeds[:1], new)[0])
    alone = Loops(nets, recipe.rates[:1], recipe, seeds)
    plain = plain_trial(alone, *first, new)
    networks = len(seeds) * len(recipe.rates)
    reason = _hindrance(recipe, networks, steps) or plain.obstacle
    if not reason:
        stack = _stack(make, seeds, recipe.rates[:1], recipe, plain, new)
        reason, most = stack_trial(stack, plain, *first, new), networks
        if new.device.type == "cpu":
            most = len(seeds) * CACHE // max(stack.kept, 1)
        if most < FEW:
            reason = reason or "so large that a stack gains nothing"
    if reason:
        nets = _nets(make, seeds * len(recipe.rates), new)
        return Loops(nets, recipe.rates, recipe, seeds), reason
    groups = _groups(make, seeds, recipe, plain, new, most)
    if steps >= LONG:
        groups.record(*first)
    return groups, ""
# --8<-- [end:crew_for]


def _groups(make, seeds, recipe, plain, like, most) -> Groups:
    """Stacks of at most so many networks; together they are all."""
    places = list(divided(len(seeds), len(recipe.rates), most))
    stacks = [
        _stack(make, seeds[some], recipe.rates[few], recipe, plain, like)
        for some, few in places
    ]
    return Groups(stacks, [some for some, _ in places])


def _stack(make, seeds, rates, recipe, plain: Plain, like) -> Stack:
    net, *nets = _nets(make, seeds[:1] + seeds, like)
    noise = Noise(plain.asked, seeds, len(rates), like.device)
    trained = list(plain.gradients[0])
    return Stack(nets, net, trained, replace(recipe, rates=rates), noise)


def _hindrance(recipe, networks, steps) -> str:
    """What can be known without a trial to stand against a stack."""
    if not steps:
        return "asked for"
    if networks < FEW:
        return f"fewer than {FEW} networks"
    if recipe.kind not in EACH_WEIGHT_BY_ITSELF:
        name = getattr(recipe.kind, "__name__", repr(recipe.kind))
        return f"{name} may look at several weights at once"
    return ""


def _nets(make, seeds, like) -> list[nn.Module]:
    return [built(make, seed).to(like.device) for seed in seeds]


def _refuse_others(nets, again) -> None:
    """Refuse networks that differ in more than the numbers of their start.

    Raises:
        ValueError: also if the seed does not decide the start.
    """
    if any(map(is_lazy, again.parameters())):
        raise ValueError(
            "the network has lazy layers, whose parameters have no numbers"
            " before the first examples; give their sizes"
        )
    kinds = [
        {name: tuple(tensor.shape) for name, tensor in state(net).items()}
        for net in nets
    ]
    for kind in kinds:
        if kind != kinds[0]:
            raise ValueError(
                "make must give networks of one architecture, got parameters"
                f" of shapes {kinds[0]} and {kind}"
            )
    if not trainable(again):
        raise ValueError("the network has no parameter that can be trained")
    if set(map(id, trainable(again))) & set(map(id, trainable(nets[0]))):
        raise ValueError(
            "make must give a new network at each call, got one that shares"
            " its parameters with the one before"
        )
    pairs = zip(nets[0].parameters(), again.parameters(), strict=True)
    if not all(torch.equal(one, other) for one, other in pairs):
        raise ValueError(
            "make gives other weights at each call: it must draw from the"
            " generator that it is given, or from torch's own"
        )
