from dlbook.forward import trace


def silent_units(net, x):
    return sum((step.gives == 0).all(0).sum() for step in list(trace(net, x))[1:-1])


def by_layers(net, x):
    return int((net.layers[0](x).relu().sum(0) == 0).sum())


def hidden(net, x):
    return net.layers[0](x).relu()


ANSWERS = {
    "hand": (
        [[1, 0.00407]],
        [([1, 0.9959], "The sign of the sum"), ([2, 0.00407], "Its z is"), ([1, -5.5], "put it through the sigmoid")],
    ),
    "count": (
        [17036800],
        [
            (266200, "That is one example"),
            ([17063040], "Biases are added"),
            (None, "nothing is written"),
            ([1, 2], "1 value"),
        ],
    ),
    "dead": (
        [silent_units, by_layers],
        [
            (lambda net, x: int((hidden(net, x) > 0).any(0).sum()), "awake ones are counted"),
            (lambda net, x: int((hidden(net, x) == 0).any(0).sum()), "a unit with a single 0"),
            (lambda net, x: int((hidden(net, x) == 0).sum()), "zeros are counted"),
        ],
    ),
}
