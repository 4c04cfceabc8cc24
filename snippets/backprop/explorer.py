import matplotlib.pyplot as plt

from dlbook.backprop.value import Value

w, x, b, t = (Value(number) for number in (2, 1, -1, 0))
m = w * x
z = m + b
a = z.sigmoid()
e = a - t
L = e**2
L.backward()
boxes = {"w": (w, 0, 5), "x": (x, 1, 5), "b": (b, 2, 5), "t": (t, 2, 2),
         "m = w·x": (m, 0.5, 4), "z = m+b": (z, 1, 3),
         "a = σ(z)": (a, 1, 2), "e = a−t": (e, 1.5, 1), "L = e²": (L, 1.5, 0)}
box = {"fc": plt.figure(figsize=(5.0, 4.4)).get_facecolor(), "ec": "0.5"}
at = {name[0]: (i, j) for name, (_, i, j) in boxes.items()}
for start, end in ["wm", "xm", "mz", "bz", "za", "ae", "te", "eL"]:
    plt.plot(*zip(at[start], at[end], strict=True), "0.7", zorder=0)
for name, (value, i, j) in boxes.items():
    text = f"{name}\n{value.data:.4g}\n∂L {value.grad:.4g}"
    plt.text(i, j, text, ha="center", va="center", size=8, bbox=box)
print(f"∂L/∂w = {w.grad:.4f}, ∂L/∂x = {x.grad:.4f}")
plt.axis([-0.4, 2.4, -0.4, 5.4])
plt.axis("off")
plt.show()
