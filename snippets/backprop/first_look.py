import matplotlib.pyplot as plt

from dlbook.backprop.value import Value

a, b = Value(2), Value(3)
u = a * b
v = u + a  # a is used twice
L = v**2
L.backward()
nodes = {a: ("a", 0, 1), b: ("b", 0, 0), u: ("u = ab", 1.3, 0),
         v: ("v = u + a", 2.7, 0.6), L: ("L = v²", 4, 0.6)}
box = {"boxstyle": "round", "fc": plt.rcParams["axes.facecolor"], "ec": "0.5"}
bare, how = box | {"ec": "none"}, {"ha": "center", "va": "center"}
arrow = {"arrowstyle": "-|>", "color": "0.5", "shrinkA": 24, "shrinkB": 32}
plt.figure(figsize=(5.5, 2.6))
plt.axes(xlim=(-0.4, 4.4), ylim=(-0.5, 1.25)).axis("off")
for value, (name, x, y) in nodes.items():
    for parent, slope in value.parents:
        _, px, py = nodes[parent]
        plt.annotate("", (x, y), (px, py), arrowprops=arrow)
        middle = (x + px) / 2, (y + py) / 2
        plt.text(*middle, f"× {slope:g}", color="C2", bbox=bare, **how)
    plt.text(x, y, f"{name}\n{value.data:g}", color="C0", bbox=box, **how)
    plt.text(x, y - 0.33, f"{value.grad:g}", color="C1", **how)
plt.show()
