import math

from dlbook.backprop.value import Value


def sin(value):
    return Value(math.sin(value.data), [(value, math.cos(value.data))])


def slope(f, x):
    return f(complex(x, 1e-20)).imag / 1e-20


ANSWERS = {
    "hand": ([[2, 5]], [([3, 5], "the other factor"), ([2, 3], "two ways"), ([2, 6], "added, not multiplied")]),
    "kink": (
        [[0.5, 0], [1 / 2, 0.0]],
        [
            ([1, 0], "divided by 2h"),
            ([0, 0], "sees that side"),
            ([0.5, 0.5], "takes one side"),
            ([0.5, 1], "as PyTorch"),
        ],
    ),
    "input": (
        [lambda delta, weight: delta @ weight, lambda delta, weight: (weight.T @ delta.T).T],
        [
            (lambda delta, weight: delta @ weight / len(delta), "mean over the batch"),
            (lambda delta, weight: (delta @ weight).T, "transposed"),
            (
                lambda delta, weight: delta @ (weight.T if weight.shape[0] == weight.shape[1] else weight),
                "W is transposed",
            ),
        ],
    ),
    "sine": (
        [sin, lambda value: Value(math.sin(value.data), ((value, math.cos(value.data)),))],
        [
            (lambda value: Value(math.sin(value.data), [(value, math.sin(value.data))]), "slope is the sine"),
            (lambda value: Value(math.sin(value.data), [(value, -math.cos(value.data))]), "sign is wrong"),
            (lambda value: Value(math.sin(value.data)), "no parents"),
            (lambda value: math.sin(value.data), "AttributeError"),
            (lambda value: Value(math.cos(value.data), [(value, math.cos(value.data))]), "it is the cosine"),
        ],
    ),
    "complex": (
        [slope, lambda f, x: (f(x + 1e-30j) / 1e-30).imag],
        [
            (lambda f, x: f(complex(x, 1e-20)).imag, "not divided by h"),
            (lambda f, x: f(complex(x, 1e-20)).real, "real part"),
            (lambda f, x: (f(x + 1e-6) - f(x - 1e-6)) / 2e-6, "nothing is subtracted"),
        ],
    ),
}
