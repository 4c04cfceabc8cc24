from answers import Many, instead
from dlbook.backprop import value as ours

BY_HAND = [6, 12]


def maximum(a, b, first=lambda a, b: float(a >= b)):
    part = first(a.data, b.data)
    return ours.Value(max(a.data, b.data), [(a, part), (b, 1 - part)])


def both(a, b):
    return ours.Value(max(a.data, b.data), [(a, float(a.data >= b.data)), (b, float(b.data >= a.data))])


def neither(a, b):
    return ours.Value(max(a.data, b.data), [(a, float(a.data > b.data)), (b, float(b.data > a.data))])


class Value:
    made = 0

    def __init__(self, data, parents=()):
        self.data, self.parents = data, parents
        Value.made += 1
        self.number = Value.made

    def __add__(self, other):
        one = Value(1)
        return Value(self.data + other.data, [(self, one), (other, one)])

    def __mul__(self, other):
        return Value(self.data * other.data, [(self, other), (other, self)])


class Own(Value):
    """Each factor gets itself."""

    def __add__(self, other):
        return Own(self.data + other.data, [(self, Own(1)), (other, Own(1))])

    def __mul__(self, other):
        return Own(self.data * other.data, [(self, self), (other, other)])


def slope(result, x):
    grads, value = {result: type(x)(1)}, result
    while value is not x:
        g = grads.pop(value)
        for parent, factor in value.parents:
            share, old = factor * g, grads.get(parent)
            grads[parent] = old + share if old else share
        value = max(grads, key=lambda value: value.number)
    return grads[x]


def by_paths(result, x):
    """The sum over all ways, without an order."""
    if result is x:
        return Value(1.0)
    total = Value(0.0)
    for parent, factor in result.parents:
        total = total + factor * by_paths(parent, x)
    return total


def last_way(result, x):
    """A second way to a value takes the place of the first."""
    grads, value = {result: Value(1)}, result
    while value is not x:
        g = grads.pop(value)
        for parent, factor in value.parents:
            grads[parent] = factor * g
        value = max(grads, key=lambda value: value.number)
    return grads[x]


def plain(result, x, made=ours.Value):
    """The package's own way back."""
    x.grad = 0.0
    result.backward()
    return made(x.grad)


def added(result, x):
    x.grad = by_paths(result, x) + getattr(x, "grad", Value(0.0))
    return x.grad


ANSWERS = {
    "ahead": (
        [BY_HAND, (6.0, 12.0)],
        [
            (instead(BY_HAND, _0=5), "multiplied, not added"),
            (instead(BY_HAND, _1=7), "b grows by 2"),
            (instead(BY_HAND, _1=6), "with both factors"),
            (instead(BY_HAND, _1=15), "1 does not grow"),
        ],
    ),
    "maximum": (
        [
            maximum,
            lambda a, b: maximum(a, b, lambda a, b: (a > b) + (a == b) / 2),
            lambda a, b: a + (b - a).relu(),
            lambda a, b: max(a, b, key=lambda value: value.data),
        ],
        [
            (lambda a, b: ours.Value(max(a.data, b.data)), "no parents"),
            (lambda a, b: ours.Value(max(a.data, b.data), [(a, 1.0), (b, 1.0)]), "both get all"),
            (lambda a, b: maximum(a, b, lambda a, b: 0.5), "not only at a tie"),
            (lambda a, b: maximum(a, b, lambda a, b: float(a < b)), "handed to the smaller"),
            (lambda a, b: min(a, b, key=lambda value: value.data), "it is the smaller"),
            (lambda a, b: max(a.data, b.data), "WRONG  it gives a Value"),
            (both, "WRONG  at a tie"),
            (neither, "neither gets any"),
        ],
    ),
    "again": (
        [Many(Value, slope), Many(Value, by_paths)],
        [
            (Many(ours.Value, plain), "without a history"),
            (Many(ours.Value, lambda result, x: plain(result, x, float)), "a plain number has no history"),
            (Many(Value, added), "added to the first slope"),
            (Many(Own, slope), "each factor gets itself"),
            (Many(Value, last_way), "WRONG  the slope of x⁴"),
        ],
    ),
}
