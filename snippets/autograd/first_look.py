import matplotlib.pyplot as plt

from dlbook.backprop.value import Value

a, b = Value(2), Value(3)
u = a * b
v = u + a
L = v * v
L.backward()
tape = {"a": a, "b": b, "u = a * b": u, "v = u + a": v, "L = v * v": L}
box = {"fc": plt.figure(figsize=(5.5, 2.3)).get_facecolor(), "ec": "0.5"}
plt.subplot(xlim=(-0.5, 4.9), ylim=(-0.65, 0.8)).axis("off")
for step, (name, value) in enumerate(reversed(tape.items()), 1):
    x = 1.1 * (value.number - a.number)  # each value has a number: its age
    for k, (parent, slope) in enumerate(value.parents):
        far = 1.1 * (value.number - parent.number)
        bend = 0.8 if k and value is L else far / 10 + 0.2
        arrow = {"arrowstyle": "->", "ec": "0.5", "shrinkA": 12,
                 "shrinkB": 12, "connectionstyle": f"arc3,rad={bend}"}
        plt.annotate("", (x - far, 0), (x, 0), arrowprops=arrow)
        plt.text(x - far * 0.64, far * bend * 0.4, f"× {slope:g}", color="C2")
    plt.text(x, 0, f"{value.data:g}", ha="center", va="center", bbox=box)
    plt.text(x, -0.3, name, ha="center", color="C0")
    plt.text(x, -0.55, f"{step}.  {value.grad:g}", ha="center", color="C1")
plt.show()
