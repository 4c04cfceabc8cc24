"""One step of a recurrent layer: the input and what is remembered go in.

    RNN     h ← tanh(a + b)
    GRU     h ← (1 - z) n + z h,  n = tanh(a_n + r b_n)
    LSTM    c ← f c + i g,        h ← o tanh(c)

`a = W_ih x + b_ih` comes from the input, `b = W_hh h + b_hh` from the state.
The gates r and z, or i, f and o, are sigmoids of their parts of a + b, and
g = tanh of its part. The order of the parts is torch's: r, z, n and i, f, g, o.
Elman (1990), "Finding structure in time"; Gers, Schmidhuber and Cummins (2000),
"Learning to forget", section 3.1; Cho et al. (2014), section 2.3, with the
reset gate behind the product, as cuDNN and torch have it.
"""

import torch
from jaxtyping import Float
from torch import Tensor

State = tuple[Tensor, ...]  # h, and for the LSTM c


# --8<-- [start:rnn]
def rnn_step(
    a: Float[Tensor, "n d"], b: Float[Tensor, "n d"], state: State
) -> State:
    """What is new and what was, added and bent: tanh(a + b)."""
    return (torch.tanh(a + b),)
# --8<-- [end:rnn]


def relu_step(
    a: Float[Tensor, "n d"], b: Float[Tensor, "n d"], state: State
) -> State:
    """The same, bent by ReLU."""
    return (torch.relu(a + b),)


def linear_step(
    a: Float[Tensor, "n d"], b: Float[Tensor, "n d"], state: State
) -> State:
    """Not bent at all: a + b, as in the notes."""
    return (a + b,)


# --8<-- [start:gru]
def gru_step(
    a: Float[Tensor, "n three_d"], b: Float[Tensor, "n three_d"], state: State
) -> State:
    """A mixture of what was and what is new; r and z decide."""
    (h,) = state
    (a_r, a_z, a_n), (b_r, b_z, b_n) = a.chunk(3, -1), b.chunk(3, -1)
    r, z = (a_r + b_r).sigmoid(), (a_z + b_z).sigmoid()
    n = (a_n + r * b_n).tanh()
    return ((1 - z) * n + z * h,)
# --8<-- [end:gru]


# --8<-- [start:lstm]
def lstm_step(
    a: Float[Tensor, "n four_d"], b: Float[Tensor, "n four_d"], state: State
) -> State:
    """Forget some of c, write some of g, show some of it as h."""
    _, c = state
    i, f, g, o = (a + b).chunk(4, -1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c
# --8<-- [end:lstm]
