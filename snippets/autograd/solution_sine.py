import math

from dlbook.backprop.value import Value


def sin(value):
    return Value(math.sin(value.data), [(value, math.cos(value.data))])


x, h = Value(0.5), 1e-5
sin(x * x).backward()
nudged = (math.sin((0.5 + h) ** 2) - math.sin((0.5 - h) ** 2)) / (2 * h)
print(f"ours {x.grad:.6f}, nudged {nudged:.6f}")
