from dlbook.backprop.value import Value, history


def depth(value):
    """How many steps lie behind a value: by recursion."""
    return 1 + max((depth(parent) for parent, _ in value.parents), default=0)


x = y = Value(1)
for _ in range(100_000):
    y = y * 1.00001
y.backward()
print(f"{len(history(y)):,} values, dy/dx = {x.grad:.3f}")
try:
    depth(y)
except RecursionError as error:
    print("by recursion:", type(error).__name__)
