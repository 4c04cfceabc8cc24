import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_iris

iris = load_iris()
x = torch.tensor(iris.data[:, 2:])  # petal length, petal width
w, b = torch.tensor([-1.0, -2]).double(), 4
z = x @ w + b
distance = z / w.norm()
print(f"first flower: z = {z[0]:.1f}, distance {distance[0]:.2f} cm")
print(f"nearest of all: {distance.abs().min():.2f} cm")

fig, ax = plt.subplots(figsize=(5.2, 2.8))
for kind, mark in enumerate("os^"):
    of = iris.target == kind
    ax.plot(*x[of].T.numpy(), mark, ms=4, label=iris.target_names[kind])
ax.plot([0, 4], [2, 0], color="0.5")  # here z = 0
ax.fill_between([0, 4], [2, 0], color="0.5", alpha=0.2)  # here z > 0
ax.annotate("", (0.4, 0.9), (0.8, 1.6), arrowprops={"arrowstyle": "->"})
ax.text(0.8, 1.2, "w")
ax.set(xlim=(0, 7), ylim=(0, 2.6), aspect="equal")
ax.set(xlabel="petal length in cm", ylabel="petal width in cm")
ax.legend(loc="lower right")
plt.show()
