import copy

import torch

from answers import Many, instead

COUNT = [(4, 3), 4, (2, 4), 2, 26]


def reordered(net, order, back=False, biases=True, columns=True):
    made, order = copy.deepcopy(net), order.argsort() if back else order
    hidden, last = made.layers
    hidden.weight.data = hidden.weight.data[order]
    if biases:
        hidden.bias.data = hidden.bias.data[order]
    if columns:
        last.weight.data = last.weight.data[:, order]
    return made


def in_place(net, order):
    net.layers[0].weight.data = net.layers[0].weight.data[order]
    net.layers[0].bias.data = net.layers[0].bias.data[order]
    net.layers[1].weight.data = net.layers[1].weight.data[:, order]
    return net


def for_shuffled(net, order):
    made = copy.deepcopy(net)
    made.layers[0].weight.data = made.layers[0].weight.data[:, order]
    return made


def with_a_hook(net, order):
    made = copy.deepcopy(net)
    made.register_forward_pre_hook(lambda _, given: given[0][:, order.argsort()])
    return made


ANSWERS = {
    "count": (
        [COUNT],
        [
            (instead(COUNT, _4=20), "Biases are missing"),
            (instead(COUNT, _0=(3, 4)), "Rows as units"),
            ([26], "5 values"),
        ],
    ),
    "majority": (
        [Many(((-1, -1), 1.5), ((1, 1, 1), -1.5)), Many((torch.tensor([-2.0, -3]), 4), ([4, 5, 6], -7))],
        [
            (Many(((-1, -1), 0.5), ((1, 1, 1), -1.5)), "(0, 1) gives 1"),
            (Many(((-1, -1), 1.5), ((1, 1, 1), -0.5)), "(0, 0, 1) gives 0"),
            (Many(((-1, -1), 2), ((1, 1, 1), -2)), "w · x + b is 0"),
            (Many((-1, -1), ((1, 1, 1), -1.5)), "weights and a bias"),
        ],
    ),
    "permute": (
        [reordered],
        [
            (lambda net, order: reordered(net, order, columns=False), "WRONG  so do the columns"),
            (lambda net, order: reordered(net, order, biases=False), "WRONG  the biases go with them"),
            (lambda net, order: reordered(net, order, back=True), "the other way round"),
            (lambda net, order: net, "they stand as before"),
            (in_place, "It changes argument 1 in place"),
        ],
    ),
    "pixels": (
        [for_shuffled, with_a_hook],
        [
            (lambda net, order: net, "the network is as before"),
            (lambda net, order: for_shuffled(net, order.argsort()), "the other way round"),
        ],
    ),
}
