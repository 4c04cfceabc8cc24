def f(a, b):
    return (a + b) * (b + 1)


h = 1e-6
print(f"df/da = {(f(2 + h, 1) - f(2 - h, 1)) / (2 * h):.3f},",
      f"df/db = {(f(2, 1 + h) - f(2, 1 - h)) / (2 * h):.3f}")
