# --8<-- [start:value]
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
# --8<-- [end:value]


# --8<-- [start:slope]
def slope(result, x):
    """The newest first, as before; x is complete when its turn comes."""
    grads, value = {result: Value(1)}, result
    while value is not x:
        g = grads.pop(value)
        for parent, factor in value.parents:
            share, old = factor * g, grads.get(parent)
            grads[parent] = old + share if old else share
        value = max(grads, key=lambda value: value.number)
    return grads[x]


x = Value(2)
f = x * x * x * x
for order in range(1, 4):
    f = slope(f, x)
    print(f"derivative {order} of x⁴ at 2: {f.data}")
# --8<-- [end:slope]
