"""Checks of the exercises of the chapter Embedding."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from dlbook.embedding import Embedding
from dlbook.exercises._forms import Findings, close, hand
from dlbook.vocabulary import PAD, one_hot

check_shapes = hand(
    ("weights", 9_000_000, {9_000_300: "An embedding has no bias."}),
    ("the shape that comes out", (8, 20, 300), {
        (8, 300): "Each token gets a vector.",
        (160, 300): "The axes of the ids stay.",
        (8, 20, 30_000): "A vector has 300 numbers.",
    }),
    ("bytes that go in", 1280, {160: "An id has 8 bytes.", 640: "8 bytes."}),
    ("bytes that come out", 192_000, {
        48_000: "A number has 4 bytes.", 384_000: "A number has 4 bytes.",
    }),
)


def check_linear(as_linear: Callable[[nn.Module], nn.Linear]) -> Findings:
    """A linear layer that does the work of an embedding."""
    layer = Embedding(7, 4, generator=torch.Generator().manual_seed(0))
    linear = as_linear(layer)
    yield close(
        "it reads 7 numbers and gives 4: its weights have shape (4, 7)",
        linear.weight.shape, [4, 7], {"it is not transposed": [7, 4]},
    )
    ids = torch.tensor([[5, 4, 6], [0, 1, 4]])
    yield close(
        "of a one-hot vector it gives the row of the word",
        linear(one_hot(ids, 7)), layer(ids),
        {"the numbers are broken into new lines, and not transposed": (
            one_hot(ids, 7) @ layer.weight.detach().reshape(4, 7).T)},
    )
    yield close(
        "it adds nothing: there is no bias",
        linear(torch.zeros(1, 7)), torch.zeros(1, 4),
    )


def check_average(
    weight_gradient: Callable[[Tensor, Tensor, int], Tensor],
) -> Findings:
    """What each word gets back from the mean of its sentence."""
    ids = torch.tensor([[5, 7, 5, PAD], [6, PAD, PAD, PAD]])
    weight = torch.zeros(9, 3, requires_grad=True)
    real = (ids != PAD).float()
    means = (weight[ids] * real[..., None]).sum(1) / real.sum(1, True)
    grad = torch.randn(2, 3, generator=torch.Generator().manual_seed(0))
    (right,) = torch.autograd.grad(means, weight, grad)
    got = weight_gradient(grad, ids, 9)
    places = (weight[ids] * real[..., None]).sum(1)
    (summed,) = torch.autograd.grad(places, weight, grad)
    (filled,) = torch.autograd.grad(weight[ids].mean(1), weight, grad)
    once = right.clone()
    once[5] /= 2
    yield close(
        "a row for each word: its share of each sentence that it stands in",
        got, right,
        {
            "the sum of the vectors is taken, and not the mean": summed,
            "filler is divided by, and gets a gradient": filled,
            "filler is divided by": filled * (
                torch.arange(9) != PAD).float()[:, None],
            "a word that stands twice counts once": once,
        },
    )
    yield close(
        "filler gets nothing", got[PAD], torch.zeros(3),
        {"it gets its share": filled[PAD]},
    )
