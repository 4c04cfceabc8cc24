"""Many networks as one: all weights in one matrix, a row for each network."""

from collections.abc import Callable, Sequence

import torch
from jaxtyping import Float, Shaped
from torch import Tensor, nn
from torch.autograd.graph import saved_tensors_hooks
from torch.func import functional_call, vmap
from torch.nn.attention import SDPBackend, sdpa_kernel

from dlbook.experiment._instead import ForStacks
from dlbook.experiment._loops import CHUNK, state
from dlbook.experiment._noise import Noise
from dlbook.experiment._recipe import ForRows, Recipe
from dlbook.experiment._translated import translated, translated_loss

LARGE = 31 << 20  # bytes, just below the largest that glibc learns from


# --8<-- [start:stack]
class Stack:
    """Networks of one architecture, trained at once.

    Args:
        nets: one for each seed, at its start.
        net: another such network, whose layers are called; it is changed.
        trained: the names of the parameters that training changes.
        recipe: how they are trained.
        noise: draws for the dropout layers.
    """

    def __init__(
        self, nets: Sequence[nn.Module], net: nn.Module,
        trained: Sequence[str], recipe: Recipe, noise: Noise,
    ) -> None:
        self.net = translated(net)
        self.loss = translated_loss(recipe.loss)
        self.times = len(recipe.rates)
        states = [state(each) for each in nets] * self.times
        self.constants = {
            name: torch.stack([each[name] for each in states])
            for name in states[0]
        }
        apart = {name: self.constants.pop(name) for name in trained}
        self.shapes = {name: weight.shape for name, weight in apart.items()}
        self.weights = torch.cat(
            [w.reshape(len(w), -1) for w in apart.values()], 1
        )
        self.optimizer = ForRows(recipe, self.weights)
        self.noise = noise
        self.gradients: Callable = self.traced
        self.kept = 0
        keep_memory()

    def step(
        self, x: Shaped[Tensor, "k b *d"], y: Shaped[Tensor, "k b *e"],
        factor: float,
    ) -> Float[Tensor, " k"]:
        """Change all weights once. Returns the losses before."""
        noise = self.noise.draw()
        losses, gradients = self.gradients(
            self.weights, self.constants, x, y, noise
        )
        self.optimizer.step(gradients, factor)
        return losses
# --8<-- [end:stack]

    # --8<-- [start:gradients]
    def traced(
        self, weights: Tensor, constants: dict[str, Tensor], x: Tensor,
        y: Tensor, noise: list[Tensor],
    ) -> tuple[Tensor, Tensor]:
        """The losses, and the gradient of each with its row of weights."""
        weights = weights.detach().requires_grad_()
        named = self.named(weights)
        with ForStacks(noise), sdpa_kernel(SDPBackend.MATH):
            losses = vmap(self._one_loss)(named, constants, x, y)
        (gradients,) = torch.autograd.grad(losses.sum(), weights)
        return losses.detach(), gradients

    def _one_loss(self, weights: dict, constants: dict, x, y) -> Tensor:
        output = functional_call(self.net, (weights, constants), (x,))
        return self.loss(output, y).reshape(())
    # --8<-- [end:gradients]

    # --8<-- [start:recorded]
    def recorded(
        self, x: Shaped[Tensor, "seeds b *d"], y: Shaped[Tensor, "seeds b *e"]
    ) -> Callable:
        """The operations of `traced`, without all the Python between them.

        They are written down for these sizes. Any stack of as many networks
        may use them.
        """
        from torch.fx.experimental.proxy_tensor import make_fx

        step = make_fx(lambda *args: self.traced(*args))  # no bound method
        return step(*self._arguments(x, y))
    # --8<-- [end:recorded]

    def tried(
        self, x: Shaped[Tensor, "seeds b *d"], y: Shaped[Tensor, "seeds b *e"]
    ) -> tuple[Float[Tensor, " k"], Float[Tensor, "k p"]]:
        """What `traced` gives; how much it keeps is counted in `kept`."""
        memories: dict[int, int] = {}

        def keep(tensor: Tensor) -> Tensor:
            memory = tensor.untyped_storage()
            memories[memory.data_ptr()] = memory.nbytes()
            return tensor

        with saved_tensors_hooks(keep, lambda tensor: tensor):
            found = self.traced(*self._arguments(x, y))
        self.kept = sum(memories.values())
        return found

    def _arguments(self, x, y) -> tuple:
        """Those of `traced`, from the examples of each seed."""
        noise = self.noise.draw()
        self.noise.restart()
        batch = (torch.cat([column] * self.times) for column in (x, y))
        return self.weights, self.constants, *batch, noise

    def named(self, weights: Tensor) -> dict[str, Tensor]:
        """The weights by their names, each with its shape."""
        sizes = [shape[1:].numel() for shape in self.shapes.values()]
        parts = zip(self.shapes.items(), weights.split(sizes, 1), strict=True)
        return {name: part.view(shape) for (name, shape), part in parts}

    @torch.no_grad()
    def outputs(
        self, x: Shaped[Tensor, "seeds n *d"]
    ) -> Float[Tensor, "k n *e"]:
        """What each network makes of the examples of its seed."""
        self.net.eval()
        stacks = self.named(self.weights) | self.constants
        pieces = x.split(max(1, CHUNK // len(self.weights)), 1)
        with ForStacks(), sdpa_kernel(SDPBackend.MATH):
            found = [
                vmap(self._one_output)(stacks, torch.cat([piece] * self.times))
                for piece in pieces
            ]
        self.net.train()
        return torch.cat(found, 1)

    def _one_output(self, tensors: dict, x: Tensor) -> Tensor:
        return functional_call(self.net, tensors, (x,))

    def saved(self) -> dict[str, Shaped[Tensor, "k *shape"]]:
        """All tensors of the networks by name, the weights as they change."""
        return self.named(self.weights) | self.constants


def keep_memory() -> None:
    """Have glibc keep what is freed, up to twice the size of this tensor.

    Else it gives the tensors of each step back to the system, which must
    fill new ones with zeros at the next.
    """
    torch.empty(LARGE, dtype=torch.uint8)
