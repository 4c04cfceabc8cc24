import torch
from torch import nn

from dlbook.rnn import LSTM


@torch.no_grad()
def keeper(forget=20.0, gate=-20.0, make=LSTM, sign=1.0):
    layer = make(2, 1)
    for weight in layer.parameters():
        weight.zero_()
    layer.weight_ih_l0[0, 1] = 40.0
    layer.weight_ih_l0[2, 0] = sign
    layer.bias_ih_l0.copy_(torch.tensor([gate, forget, 0.0, 20.0]))
    return layer


@torch.no_grad()
def tame(gru, r=20.0, z=-20.0, weights=True):
    d = gru.hidden_size
    if weights:
        for weight in gru.parameters():
            weight[: 2 * d] = 0.0
    gru.bias_ih_l0[:d], gru.bias_ih_l0[d : 2 * d] = r, z


@torch.no_grad()
def by_both_biases(gru):
    d = gru.hidden_size
    gru.weight_ih_l0[: 2 * d] = gru.weight_hh_l0[: 2 * d] = 0.0
    for bias in gru.bias_ih_l0, gru.bias_hh_l0:
        bias[:d], bias[d : 2 * d] = 15.0, -15.0


ANSWERS = {
    "hand": (
        [[0.84, 0.1512, 0.672]],
        [
            ([0.6, 0.1512, 0.672], "1 − h², not"),
            ([0.84, 0.42, 0.672], "step 1 is missing"),
            ([0.84, 0.1512, 0.336], "the state before it"),
        ],
    ),
    "keep": (
        [keeper, lambda: keeper(make=nn.LSTM)],
        [
            (lambda: keeper(forget=-20.0), "forget gate is shut"),
            (lambda: keeper(gate=20.0), "always open"),
            (lambda: keeper(gate=-80.0), "nothing is written"),
            (lambda: keeper(sign=-1.0), "the sign is turned"),
        ],
    ),
    "gru": (
        [tame, by_both_biases],
        [
            (lambda gru: tame(gru, z=20.0), "z is 1"),
            (lambda gru: tame(gru, r=-20.0), "r is 0"),
            (lambda gru: None, "nothing has changed"),
            (lambda gru: tame(gru, r=1.0, z=-1.0), "WRONG"),
        ],
    ),
}
