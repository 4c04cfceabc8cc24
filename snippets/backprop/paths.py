def loss(a, b):
    u = a * b
    v = u + a
    return v**2


a, b, h = 2.0, 3.0, 1e-6
v = a * b + a
first = 2 * v * 1 * b  # L from v, v from u, u from a
second = 2 * v * 1  # L from v, v from a
print(f"through u {first:g}, directly {second:g}, sum {first + second:g}")
nudged = (loss(a + h, b) - loss(a - h, b)) / (2 * h)
print(f"nudge a: {nudged:.3f}")
nudged = (loss(a, b + h) - loss(a, b - h)) / (2 * h)
print(f"nudge b: {nudged:.3f}, by the chain rule {2 * v * 1 * a:g}")
