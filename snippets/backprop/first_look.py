import matplotlib.pyplot as plt

from dlbook.backprop.value import Value

a, b = Value(2), Value(3)
u = a * b
v = u + a  # a is used twice
L = v**2
L.backward()
nodes = {"a": (a, 0, 1), "b": (b, 0, 0), "u = ab": (u, 1.3, 0.15),
         "v = u + a": (v, 2.6, 0.7), "L = v²": (L, 3.9, 0.7)}
places = {value: (x, y) for value, x, y in nodes.values()}
arrow = {"arrowstyle": "->", "ec": "0.5", "shrinkA": 23, "shrinkB": 23}
plt.figure(figsize=(5.5, 2.6))
for name, (value, x, y) in nodes.items():
    for parent, slope in value.parents:
        px, py = places[parent]
        plt.annotate("", (x, y), (px, py), arrowprops=arrow)
        middle = (x + px) / 2, (y + py) / 2 + 0.04
        plt.text(*middle, f"× {slope:g}", color="C2")
    plt.text(x, y, f"{name}\n{value.data:g}", ha="center", color="C0")
    plt.text(x, y - 0.15, f"{value.grad:g}", ha="center", color="C1")
plt.axis([-0.4, 4.4, -0.3, 1.35])
plt.axis("off")
plt.show()
