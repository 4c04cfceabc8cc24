"""Checks of the exercises of the chapter Recurrent networks."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from dlbook.exercises._forms import Findings, close, hand
from dlbook.exercises.checking import changing
from dlbook.rnn import GRU, RNN

check_hand = hand(
    ("δ at step 2", 0.84, {
        0.6: "The slope of tanh is 1 − h², not 1 − h.",
        0.36: "At step 2 the state is 0.4.",
    }),
    ("δ at step 1", 0.1512, {
        0.42: "The slope of tanh at step 1 is missing.",
        0.3024: "U is missing.", 0.3528: "At step 1 the state is 0.8.",
    }),
    ("the slope by U", 0.672, {
        0.336: "δ is multiplied by the state before it, 0.8.",
        0.8232: "Before step 1 the state is 0: it has no share.",
    }),
)


def _cells(layer: nn.Module, x: Tensor) -> Tensor:
    """The cell after each step."""
    found, state = [], None
    for step in x:
        _, state = layer(step[None], state)
        found.append(state[1].flatten()[0].detach())
    return torch.stack(found)


def check_keep(keeper: Callable[[], Any]) -> Findings:
    """An LSTM that keeps its first input."""
    layer = keeper()
    x = torch.randn(60, 1, 2, generator=torch.Generator().manual_seed(0))
    x[:, :, 1] = 0.0
    x[0, 0] = torch.tensor([0.7, 1.0])
    cells = _cells(layer, x)
    yield close(
        "what is written at step 1 is there after 60 steps",
        cells[-1], cells[0],
        {"it is forgotten: the forget gate is shut": 0.0},
        tol=1e-3,
    )
    x[0, 0, 0] = -0.7
    other = _cells(layer, x)
    yield close(
        "−0.7 is kept as the opposite of 0.7", other[-1], -cells[0], tol=1e-3,
    )
    x[0, 0, 0] = 0.2
    less = _cells(layer, x)[-1]
    yield close(
        "0.7 can be told from 0.2: more is kept",
        (cells[-1] - less).sign() * float((cells[-1] - less).abs() > 0.05), 1.0,
        {"nothing is written: the input gate is shut": 0.0,
         "the sign is turned": -1.0},
    )
    x[0, 0] = torch.tensor([0.7, 0.0])
    yield close(
        "without \"write now\" nothing is written", _cells(layer, x)[-1], 0.0,
        {"the input gate is always open": float(cells[-1])}, tol=1e-3,
    )


@changing
def check_gru(tame: Callable[[nn.Module], Any]) -> Findings:
    """A GRU that is an RNN."""
    g = torch.Generator().manual_seed(0)
    gru, rnn = GRU(3, 4, generator=g), RNN(3, 4, generator=g)
    with torch.no_grad():
        for name, weight in rnn.named_parameters():
            weight.copy_(getattr(gru, name)[8:])
    x = torch.randn(9, 2, 3, generator=g)
    before = gru(x)[0].detach()
    tame(gru)
    found = gru(x)[0].detach()
    right = rnn(x)[0].detach()
    yield close(
        "it gives the states of an RNN with the weights of its n",
        found, right,
        {
            "nothing has changed": before,
            "z is 1: it keeps its state, and reads nothing": 0 * right,
            "r is 0: it does not read its state": _blind(rnn, x),
        },
        tol=1e-3,
    )
    yield close(
        "also for large inputs: the weights of r and z are 0",
        gru(9 * x)[0], rnn(9 * x)[0], tol=1e-3,
    )


def _blind(rnn: Any, x: Tensor) -> Tensor:
    weight, bias = rnn.weight_ih_l0, rnn.bias_ih_l0
    return torch.tanh(x @ weight.T + bias)
