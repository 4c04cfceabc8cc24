import matplotlib.pyplot as plt
import torch

from dlbook.activations import relu

weights = torch.tensor([[1.0, 1], [1, -1], [-0.2, 1]]).double()
biases = torch.tensor([0.5, 0.5, -0.6]).double()
axis = torch.linspace(-2, 2, 121).double()
plane = torch.cartesian_prod(axis, axis)
z = plane @ weights.T + biases  # three units at each point
on = (z > 0).int()
pattern = (on @ torch.tensor([4, 2, 1]).int()).view(121, 121).T

fig, ax = plt.subplots(figsize=(3.4, 3.2))
ax.imshow(pattern.numpy(), origin="lower", extent=(-2, 2, -2, 2), vmin=-5)
for bits in on.unique(dim=0):
    middle = plane[(on == bits).all(1)].mean(0)
    ax.text(*middle.tolist(), "".join(map(str, bits.tolist())), ha="center")
ax.set(xlabel="x₁", ylabel="x₂")
plt.show()
print(f"{len(on.unique(dim=0))} patterns of 8")
a, b = torch.tensor([-1.0, 1]).double()
print(f"relu(a + b) = {relu(a + b):g}, relu(a) + relu(b) = "
      f"{relu(a) + relu(b):g}")
