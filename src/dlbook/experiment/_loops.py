"""Networks one by one, in the loop that everybody knows."""

from collections.abc import Sequence

import torch
from jaxtyping import Float, Shaped
from torch import Tensor, nn

from dlbook.experiment._recipe import Recipe, learnable, set_rates, trainable
from dlbook.experiment._start import borrowed
from dlbook.experiment.streams import stream

CHUNK = 2048  # examples, of all networks, that are looked at at once


# --8<-- [start:loops]
class Loops:
    """Right for any network, and slow.

    Args:
        nets: for each rate in turn, one for each seed.
        rates: the learning rates.
        recipe: what else decides.
        seeds: where the noise of the networks comes from.
    """

    def __init__(
        self, nets: Sequence[nn.Module], rates: Sequence[float],
        recipe: Recipe, seeds: Sequence[int],
    ) -> None:
        self.nets, self.recipe, self.seeds = nets, recipe, seeds
        self.rates = [rate for rate in rates for _ in seeds]
        self.noise = [stream(seed, "noise") for _ in rates for seed in seeds]
        self.optimizers = [
            recipe.optimizer_for(trainable(net), lr=rate)
            for net, rate in zip(nets, self.rates, strict=True)
        ]

    def step(
        self, x: Shaped[Tensor, "k b *d"], y: Shaped[Tensor, "k b *e"],
        factor: float,
    ) -> Float[Tensor, " k"]:
        """Change the weights of each network. Returns the losses before."""
        losses = self.gradients(x, y)
        set_rates(self.optimizers, self.rates, factor)
        for net, optimizer in zip(self.nets, self.optimizers, strict=True):
            if self.recipe.clip is not None:
                nn.utils.clip_grad_norm_(trainable(net), self.recipe.clip)
            optimizer.step()
        return losses

    def gradients(
        self, x: Shaped[Tensor, "k b *d"], y: Shaped[Tensor, "k b *e"]
    ) -> Float[Tensor, " k"]:
        """Leave its gradients with each network. Returns the losses."""
        losses = []
        for place, net in enumerate(self.nets):
            net.train().zero_grad()
            with borrowed(self.noise[place]):
                output = _tensor(net(x[place]))
            loss = learnable(self.recipe.loss(output, y[place]))
            loss.backward()
            losses.append(loss.detach())
        return torch.stack(losses)
# --8<-- [end:loops]

    def outputs(
        self, x: Shaped[Tensor, "seeds n *d"]
    ) -> Float[Tensor, "k n *e"]:
        """What each network makes of the examples of its seed."""
        found = [
            outputs_of(net, x[place % len(x)], self.seeds[place % len(x)])
            for place, net in enumerate(self.nets)
        ]
        return torch.stack(found)

    def saved(self) -> dict[str, Shaped[Tensor, "k *shape"]]:
        """All tensors of the networks, each name with those of all."""
        states = [state(net) for net in self.nets]
        names = states[0]
        return {name: torch.stack([s[name] for s in states]) for name in names}


@torch.no_grad()
def outputs_of(
    net: nn.Module, x: Shaped[Tensor, "n *d"], seed: int
) -> Float[Tensor, "n *e"]:
    """What a network makes of examples; noise is the same at each call."""
    with borrowed(stream(seed, "noise")):
        pieces = [_tensor(net.eval()(piece)) for piece in x.split(CHUNK)]
    return torch.cat(pieces)


def _tensor(output) -> Tensor:
    if not torch.is_tensor(output):
        met = type(output).__name__
        raise ValueError(f"the network must give a tensor, got {met}")
    return output


def state(net: nn.Module) -> dict[str, Tensor]:
    """All tensors of a network by name, a shared one once."""
    named = dict(net.named_parameters()) | dict(net.named_buffers())
    return {name: tensor.detach() for name, tensor in named.items()}
