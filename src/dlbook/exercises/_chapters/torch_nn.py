"""Checks of the exercises of the chapter torch.nn."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import torch
from torch import Tensor, nn

from dlbook.exercises._forms import Findings, close, equals, holds
from dlbook.torch_nn import MiniModule


def _dense(value: float) -> MiniModule:
    layer = MiniModule()
    layer.weight = nn.Parameter(torch.full((3, 2), value))
    return layer


def check_list(mini_list: Any) -> Findings:
    """A list whose modules are found."""
    parts = [_dense(float(number)) for number in range(3)]
    net = MiniModule()
    net.blocks = mini_list(parts)
    names = [name for name, _ in net.named_parameters()]
    yield equals(
        "its parameters are found, named by their number", names,
        [f"blocks.{number}.weight" for number in range(3)],
        {
            "the modules stand in a plain list, where nobody looks": [],
            "it counts from 1": [f"blocks.{n}.weight" for n in (1, 2, 3)],
            "only the last one is kept": ["blocks.2.weight"],
        },
    )
    yield holds(
        "an index gives the module", net.blocks[1] is parts[1],
        "It gave another one.",
    )
    yield holds(
        "it is a MiniModule", isinstance(net.blocks, MiniModule),
        f"Met a {type(net.blocks).__name__}.",
    )
    state = net.state_dict()
    yield close(
        "a saved state has the weights of all", state.get(
            "blocks.2.weight", torch.zeros(0)), parts[2].weight,
    )


def check_running(running: Any) -> Findings:
    """A layer that subtracts the mean of all batches seen."""
    layer = running(2)
    x = torch.randn(3, 8, 2, generator=torch.Generator().manual_seed(0)) + 4
    outputs = [layer(batch).detach() for batch in x]
    means = x.mean(1).cumsum(0) / torch.tensor([1.0, 2, 3])[:, None]
    yield close(
        "the first batch loses its own mean", outputs[0], x[0] - means[0],
        {"nothing is subtracted yet": x[0]},
    )
    yield close(
        "the third loses the mean of all three", outputs[2], x[2] - means[2],
        {
            "it loses its own mean only": x[2] - x[2].mean(0),
            "it loses the mean of those before it": x[2] - means[1],
            "the sum of the means is subtracted": x[2] - 3 * means[2],
            "old batches fade: there is a factor, and no count": (
                x[2] - (x[0].mean(0) / 4 + x[1].mean(0) / 4
                        + x[2].mean(0) / 2)
            ),
        },
    )
    layer.eval()
    before = {k: v.clone() for k, v in layer.state_dict().items()}
    yield close(
        "in testing it subtracts what was learned", layer(x[0]),
        x[0] - means[2], {"it goes on learning": _gone_on(x, means)},
    )
    after = layer.state_dict()
    yield holds(
        "testing changes nothing",
        all(torch.equal(v, after[k]) for k, v in before.items()),
        "What it has learned changes in eval().",
    )
    layer.train()
    other = running(2)
    other.load_state_dict(layer.state_dict())
    yield close(
        "a state that is loaded goes on: the count is saved, too",
        other(x[0]), x[0] - (3 * means[2] + x[0].mean(0)) / 4,
        {
            "it begins to average anew: the count is not saved": (
                x[0] - x[0].mean(0)
            ),
        },
    )
    yield equals(
        "nothing of it is trained", [*layer.parameters()], [],
    )


def _gone_on(x: Tensor, means: Tensor) -> Tensor:
    return x[0] - (3 * means[2] + x[0].mean(0)) / 4


def check_silence(
    ablated: Callable[[nn.Module, nn.Module, int, Tensor], Tensor],
) -> Findings:
    """One map set to 0, for one call."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        first, last = nn.Conv2d(1, 3, 3), nn.Conv2d(3, 2, 3)
    net = nn.Sequential(first, nn.ReLU(), last)
    x = torch.randn(4, 1, 7, 7, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        before, maps = net(x), first(x)
    for channel in 0, 2:
        cut = maps.clone()
        cut[:, channel] = 0
        images = maps.clone()
        images[channel] = 0
        yield close(
            f"map {channel} of every image is 0, the others are as they were",
            ablated(net, first, channel, x), last(cut.relu()),
            {
                "nothing is silenced": before,
                "an image is silenced, and not a map": last(images.relu()),
                "all maps are silenced": last(maps * 0),
                "the layer itself is given back": cut,
            },
        )
    yield close(
        "after the call all is as before: the hook is gone", net(x), before,
    )
    with suppress(RuntimeError):
        ablated(net, first, 0, torch.ones(1, 1, 3, 3))
    yield close(
        "also if the call fails", net(x), before,
        {"the hook stays where an error ends the call": _cut(net, maps)},
    )


def _cut(net: nn.Sequential, maps: Tensor) -> Tensor:
    cut = maps.clone()
    cut[:, 0] = 0
    return net[2](cut.relu())
