from dlbook.backprop.value import Value

h = start = Value(0)
for weight, bias in ((2, 0), (4, -2), (4, -2)):
    h = (weight * h + bias).sigmoid()
h.backward()
print(f"output {h.data:g}, slope {start.grad:g}")
print("the bound:", 2 * 4 * 4 / 4**3)
