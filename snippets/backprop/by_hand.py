# --8<-- [start:numbers]
import torch

from dlbook.backprop import Layer, deltas, forward, gradients

x = torch.tensor([[1.0, 2], [2, 1]])  # two examples
y = torch.tensor([[2.0], [3]])
layers = [
    Layer(torch.tensor([[1.0, -1], [1, 1]]), torch.tensor([0.5, -1])),
    Layer(torch.tensor([[2.0, 1]]), torch.tensor([-1.0])),
]
zs, inputs = forward(x, layers, torch.relu)
print("Z1", zs[0].tolist(), " A1", inputs[1].tolist())
print("Z2", zs[1].tolist(), " L", (zs[1] - y).square().mean().item())
last = 2 / len(x) * (zs[1] - y)
found = deltas(last, layers, zs, lambda z: (z > 0).to(z.dtype))
for k, delta in enumerate(found, 1):
    print(f"delta{k}", (delta + 0.0).tolist())
for k, (weight, bias) in enumerate(gradients(found, inputs), 1):
    print(f"dL/dW{k}", weight.tolist(), f" dL/db{k}", bias.tolist())
# --8<-- [end:numbers]


# --8<-- [start:picture]
import matplotlib.pyplot as plt

rows = [x[1], zs[0][1], zs[1][1]]  # the second example
names, heights = ["x₁ x₂", "z₁ z₂", "z"], [[1, 0], [1, 0], [0.5]]
box = {"boxstyle": "round", "fc": plt.rcParams["axes.facecolor"], "ec": "0.5"}
bare, how = box | {"ec": "none"}, {"ha": "center", "va": "center"}
arrow = {"arrowstyle": "-|>", "color": "0.5", "shrinkA": 28, "shrinkB": 34}
plt.figure(figsize=(5.5, 2.8))
for k in range(3):
    names_k = zip(names[k].split(), heights[k], strict=True)
    for i, (name, y_i) in enumerate(names_k):
        for j, y_j in enumerate(heights[k - 1] if k else []):
            ends = (2 * k, y_i), (2 * k - 2, y_j)
            plt.annotate("", *ends, arrowprops=arrow)
            place = 2 * k - 1.3, y_j + 0.35 * (y_i - y_j)
            weight = f"× {layers[k - 1].weight[i, j]:g}"
            plt.text(*place, weight, color="C2", bbox=bare, **how)
        text = f"{name} = {rows[k][i]:g}"
        plt.text(2 * k, y_i, text, color="C0", bbox=box, **how)
        if k:
            delta = f"δ = {found[k - 1][1, i]:g}"
            plt.text(2 * k, y_i - 0.22, delta, color="C1", **how)
plt.axis([-0.5, 4.5, -0.35, 1.2])
plt.axis("off")
plt.show()
# --8<-- [end:picture]


# --8<-- [start:autograd]
for tensor in (t for layer in layers for t in layer):
    tensor.requires_grad_()
loss = (forward(x, layers, torch.relu)[0][1] - y).square().mean()
loss.backward()
for k, (weight, bias) in enumerate(layers, 1):
    print(f"dL/dW{k}", weight.grad.tolist(), f" dL/db{k}", bias.grad.tolist())
# --8<-- [end:autograd]
