from dlbook.backprop.dual import Dual

root = 2**0.5


def heron(x, y, steps):
    """Steps towards the square root of x, from y on."""
    for _ in range(steps):
        y = 0.5 * (y + x / y)
    return y


for steps in range(5):
    y = heron(Dual(2, slope=1), Dual(1), steps)
    print(f"{steps} steps: value off by {abs(y.data - root):.0e},"
          f" slope by {abs(y.slope - 0.5 / root):.0e}")
for steps in (0, 1):
    y = heron(Dual(2, slope=1), Dual(root), steps)
    print(f"begun at the root, {steps} steps: slope {y.slope:.3f}")
