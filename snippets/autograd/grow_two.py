# --8<-- [start:value]
class Value:
    made = 0  # how many so far: which value is older?

    def __init__(self, data, parents=()):
        self.data, self.parents, self.grad = data, parents, 0
        Value.made += 1
        self.number = Value.made

    def backward(self):
        grads = {self: 1}
        while grads:
            value = max(grads, key=lambda value: value.number)  # the newest
            g = value.grad = grads.pop(value)
            for parent, slope in value.parents:
                grads[parent] = grads.get(parent, 0) + slope * g

    def __add__(self, other):
        return Value(self.data + other.data, [(self, 1), (other, 1)])

    def __mul__(self, other):
        slopes = [(self, other.data), (other, self.data)]
        return Value(self.data * other.data, slopes)
# --8<-- [end:value]


# --8<-- [start:use]
a, b = Value(2), Value(3)
v = a * b + a
L = v * v
L.backward()
print(f"L = {L.data}, by v {v.grad}, by a {a.grad}, by b {b.grad}")
# --8<-- [end:use]
