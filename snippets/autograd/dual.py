from dlbook.backprop.dual import Dual
from dlbook.backprop.value import Value


def f(a, b):
    return (a * b + a) ** 2


for name, slopes in [("a", (1, 0)), ("b", (0, 1))]:
    result = f(Dual(2, slopes[0]), Dual(3, slopes[1]))
    print(f"forward pass that watches {name}: {result}")
a, b = Value(2), Value(3)
f(a, b).backward()
print(f"one reverse pass: {a.grad:g} and {b.grad:g}")
