"""Torch's recurrent layers, step by step, since `vmap` knows no fused ones.

    RNN     h ← tanh(a)
    GRU     h ← (1 - z) n + z h,  n = tanh(a_n + r b_n)
    LSTM    c ← f c + i tanh(g),  h ← o tanh(c)

`a` comes from the input, `b` from the last h; each is a product with weights.
Gates (r and z; i, f and o) are sigmoids of a + b.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import linear

State = tuple[Tensor, ...]  # h, and for the LSTM c


def _rnn(bend: Callable, a: Tensor, b: Tensor, state: State) -> State:
    return (bend(a + b),)


def _gru(a: Tensor, b: Tensor, state: State) -> State:
    (a_r, a_z, a_n), (b_r, b_z, b_n) = a.chunk(3, -1), b.chunk(3, -1)
    r, z = (a_r + b_r).sigmoid(), (a_z + b_z).sigmoid()
    n = (a_n + r * b_n).tanh()
    return (n + z * (state[0] - n),)


def _lstm(a: Tensor, b: Tensor, state: State) -> State:
    i, f, g, o = (a + b).chunk(4, -1)
    c = f.sigmoid() * state[1] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


def _cell(layer: Any) -> Callable[[Tensor, Tensor, State], State]:
    """What turns one state into the next."""
    if isinstance(layer, (nn.GRU, nn.GRUCell)):
        return _gru
    if isinstance(layer, (nn.LSTM, nn.LSTMCell)):
        return _lstm
    relu = "relu" in (layer.nonlinearity, getattr(layer, "mode", ""))
    return partial(_rnn, torch.relu if relu else torch.tanh)


# --8<-- [start:sequence]
def sequence(layer: Any, x: Tensor, hx: Any = None) -> tuple[Tensor, Any]:
    """What `nn.RNN`, `nn.GRU` and `nn.LSTM` do with a batch of sequences."""
    special = layer.bidirectional or layer.proj_size or layer.dropout
    if special or x.ndim != 3:
        return type(layer).forward(layer, x, hx)
    x, given = x.transpose(0, 1) if layer.batch_first else x, _given(hx)
    lasts = []
    for number in range(layer.num_layers):
        start = [tensor[number] for tensor in given]
        x, last = _through(layer, f"_l{number}", x, start)
        lasts.append(last)
    found = tuple(torch.stack(tensors) for tensors in zip(*lasts, strict=True))
    x = x.transpose(0, 1) if layer.batch_first else x
    return x, found if isinstance(layer, nn.LSTM) else found[0]


def _through(layer, suffix, x, start) -> tuple[Tensor, State]:
    """One layer of the stack, from the first position to the last."""
    cell, hs = _cell(layer), []
    state = tuple(start) or _zeros(layer, x[0])
    from_x = _product(layer, f"ih{suffix}", x)  # of all positions at once
    for a in from_x.unbind(0):
        state = cell(a, _product(layer, f"hh{suffix}", state[0]), state)
        hs.append(state[0])
    return torch.stack(hs), state
# --8<-- [end:sequence]


def step(layer: Any, x: Tensor, hx: Any = None) -> Any:
    """What `nn.RNNCell`, `nn.GRUCell` and `nn.LSTMCell` do with a batch."""
    state = _given(hx) or _zeros(layer, x)
    products = _product(layer, "ih", x), _product(layer, "hh", state[0])
    state = _cell(layer)(*products, state)
    return state if isinstance(layer, nn.LSTMCell) else state[0]


def _product(layer, name, x) -> Tensor:
    bias = getattr(layer, f"bias_{name}", None)
    return linear(x, getattr(layer, f"weight_{name}"), bias)


def _given(hx) -> State:
    """The state to begin with, if one is given."""
    if hx is None:
        return ()
    return hx if isinstance(hx, tuple) else (hx,)


def _zeros(layer, x) -> State:
    zeros = x.new_zeros(*x.shape[:-1], layer.hidden_size)
    return zeros, zeros
