class Value:
    """A number, and what it was made of: each parent with its slope."""

    def __init__(self, data, parents=()):
        self.data, self.parents = data, parents

    def __add__(self, other):
        return Value(self.data + other.data, [(self, 1), (other, 1)])

    def __mul__(self, other):
        slopes = [(self, other.data), (other, self.data)]
        return Value(self.data * other.data, slopes)


a, b = Value(2), Value(3)
u = a * b
v = u + a
L = v * v
for name, value in {"u": u, "v": v, "L": L}.items():
    slopes = [slope for _, slope in value.parents]
    print(f"{name} = {value.data}, slopes {slopes}")
