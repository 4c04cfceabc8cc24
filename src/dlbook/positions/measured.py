"""What is asked of a model of language whose text grows longer."""

from collections.abc import Callable, Iterable, Sequence

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from dlbook._checking import Number
from dlbook.data import corpus
from dlbook.experiment import Data, Part, stream
from dlbook.positions.model import PlacedModel
from dlbook.transformer.language import in_windows, next_loss, windows
from dlbook.vocabulary import running_text


# --8<-- [start:characters]
def characters() -> tuple[Int[Tensor, " many"], int]:
    """The English corpus, each sentence once: ids, and how many characters.

    Characters that stand there fewer than a hundred times are left out.
    """
    text = running_text(corpus("en")).lower()
    text = ". ".join(dict.fromkeys(text.split(". ")))
    kept = sorted(c for c in set(text) if text.count(c) >= 100)
    ids = {c: i for i, c in enumerate(kept)}
    return torch.tensor([ids[c] for c in text if c in ids]), len(kept)
# --8<-- [end:characters]


# --8<-- [start:some_windows]
def some_windows(ids: Int[Tensor, " many"], length: int, most: int) -> Data:
    """`in_windows`, with at most `most` windows to choose by."""
    data = in_windows(ids, length)
    chosen = Part(data.validation.x[:most], data.validation.y[:most])
    return Data(data.train, chosen, data.test, repeats=True)
# --8<-- [end:some_windows]


# --8<-- [start:perplexities]
@torch.no_grad()
def perplexities(
    net: nn.Module, ids: Int[Tensor, " many"], lengths: Sequence[int],
) -> Float[Tensor, " lengths"]:
    """Of one text, cut into windows of each of these lengths."""
    parts = [windows(ids, length) for length in lengths]
    found = [next_loss(net(part.x), part.y).exp() for part in parts]
    return torch.stack(found)
# --8<-- [end:perplexities]


# --8<-- [start:goes_on]
def goes_on(
    nets: Iterable[PlacedModel], stretch: Number
) -> Callable[[torch.Generator], PlacedModel]:
    """For `compare`: seed i starts from the i-th of these, stretched."""
    starts = {
        stream(i, "start").initial_seed(): net for i, net in enumerate(nets)
    }

    def make(generator: torch.Generator) -> PlacedModel:
        return starts[generator.initial_seed()].stretched(stretch)

    return make
# --8<-- [end:goes_on]
