from dlbook.backprop.value import Value

a, b = Value(2), Value(1)
((a + b) * (b + 1)).backward()
print(f"df/da = {a.grad:g}, df/db = {b.grad:g}")
