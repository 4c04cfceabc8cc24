import torch

from dlbook.activations import relu

x = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]]).double()
xor = torch.tensor([0.0, 1, 1, 0]).double()
s = x.sum(1)
print("units:", relu(s).tolist(), relu(s - 1).tolist())
print("network:", (relu(s) - 2 * relu(s - 1)).tolist())

inputs = torch.cat([x, torch.ones(4, 1)], 1)  # a column for the bias
weights = torch.linalg.pinv(inputs) @ xor
print("best straight layer:", [f"{y:.2f}" for y in inputs @ weights])
