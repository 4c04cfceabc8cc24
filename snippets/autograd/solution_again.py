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


def slope(result, x):
    grads = {result: Value(1)}
    while grads:
        value = max(grads, key=lambda value: value.number)
        g = grads.pop(value)
        if value is x:
            return g
        for parent, factor in value.parents:
            share = factor * g
            old = grads.get(parent)
            grads[parent] = old + share if old else share


x = Value(2)
f = x * x * x * x
for order in range(1, 4):
    f = slope(f, x)
    print(f"derivative {order} of x⁴ at 2: {f.data}")
