from torch import nn

from answers import instead

COLOUR = [456, 352800, 61550]


def as_conv(dense, side, bias=True, turned=False):
    conv = nn.Conv2d(dense.in_features // side**2, dense.out_features, side, bias=bias)
    conv.weight.data = dense.weight.data.reshape(conv.weight.shape)
    if turned:
        conv.weight.data = conv.weight.data.mT
    if bias:
        conv.bias.data = dense.bias.data
    return conv


def taken(dense, side):
    dense.weight.data = dense.weight.data.unflatten(1, (-1, side, side))
    conv = nn.Conv2d(dense.weight.shape[1], dense.weight.shape[0], side)
    conv.weight, conv.bias = dense.weight, dense.bias
    return conv


def with_state(dense, side):
    conv = nn.Conv2d(dense.in_features // side**2, dense.out_features, side)
    conv.load_state_dict({"weight": dense.weight.unflatten(1, (-1, side, side)), "bias": dense.bias})
    return conv


DENSE = (
    [as_conv, with_state],
    [
        (lambda dense, side: as_conv(dense, side, bias=False), "the bias is missing"),
        (lambda dense, side: as_conv(dense, side, turned=True), "rows and columns"),
        (lambda dense, side: dense, "Met shape (2,)"),
        (taken, "It changes argument 1 in place"),
    ],
)
ANSWERS = {
    "colour": (
        [COLOUR],
        [
            (instead(COLOUR, _0=156), "three channels"),
            (instead(COLOUR, _2=61706), "c1 is counted"),
            (instead(COLOUR, _0=450), "Biases"),
        ],
    ),
    "dense": DENSE,
    "table": (
        [[1216, 2416]],
        [([1200, 2416], "has a bias"), ([1216, 1516], "table of 1998"), ([450, 2416], "16 maps that read")],
    ),
}
