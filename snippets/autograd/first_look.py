import matplotlib.pyplot as plt

from dlbook.backprop.value import Value

a, b = Value(2), Value(3)
u = a * b
v = u + a
L = v * v
L.backward()
tape = {"a": a, "b": b, "u = a * b": u, "v = u + a": v, "L = v * v": L}
place = {value: 1.1 * i for i, value in enumerate(tape.values())}
box = {"fc": plt.figure(figsize=(5.5, 2.3)).get_facecolor(), "ec": "0.5"}
for step, (name, value) in enumerate(reversed(tape.items()), 1):
    x = place[value]
    for k, (parent, slope) in enumerate(value.parents):
        far = x - place[parent]
        bend = 0.8 if k and parent is value.parents[0][0] else far / 10 + 0.2
        arrow = {"arrowstyle": "->", "ec": "0.5", "shrinkA": 12,
                 "shrinkB": 12, "connectionstyle": f"arc3,rad={bend}"}
        plt.annotate("", (place[parent], 0), (x, 0), arrowprops=arrow)
        spot = x - 0.6 * far, 0.4 * bend * far
        plt.text(*spot, f"× {slope:g}", color="C2")
    plt.text(x, 0, f"{value.data:g}", ha="center", va="center", bbox=box)
    plt.text(x, -0.3, name, ha="center", color="C0", size=9)
    plt.text(x, -0.55, f"{step}.  {value.grad:g}", ha="center", color="C1")
plt.axis([-0.5, 4.9, -0.65, 0.8])
plt.axis("off")
plt.show()
