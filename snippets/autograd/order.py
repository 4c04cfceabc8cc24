from dlbook.backprop.value import Value


def naive(value, g=1.0):
    """Depth first: hand on what has arrived so far."""
    value.grad += g
    for parent, slope in value.parents:
        naive(parent, slope * value.grad)


for back in (naive, Value.backward):
    a = Value(1)
    b = a + a
    c = b + b
    back(c)
    print(f"{back.__name__:8}: dc/da = {a.grad:g}")
