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
plt.figure(figsize=(5.5, 2.8))
for k in range(3):
    for i, (name, y_i) in enumerate(
            zip(names[k].split(), heights[k], strict=True)):
        plt.text(2 * k - 0.3, y_i, f"{name} = {rows[k][i]:g}", color="C0")
        if k == 0:
            continue
        delta = found[k - 1][1, i]
        plt.text(2 * k - 0.3, y_i - 0.14, f"δ = {delta:g}", color="C1")
        for j, y_j in enumerate(heights[k - 1]):
            plt.plot([2 * k - 1.5, 2 * k - 0.4], [y_j, y_i], color="0.6")
            place = 2 * k - 1.25, y_j + 0.23 * (y_i - y_j) + 0.03
            side = "right" if y_i > y_j else "left"
            weight = f"× {layers[k - 1].weight[i, j]:g}"
            plt.text(*place, weight, color="C2", ha=side)
plt.axis([-0.4, 4.5, -0.25, 1.2])
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
