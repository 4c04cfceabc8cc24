import torch

from dlbook.fully_connected import MLP

net = MLP([2, 3, 1])
for p, numbers in zip(net.parameters(), [
        [[1, -1], [0, 1], [0, -1]], [0, 0, 0],  # x₁ - x₂, x₂, -x₂
        [[1, 1, -1]], [0]], strict=True):
    p.data = torch.tensor(numbers).float()
x = torch.tensor([[3.0, 5], [5, 3], [-2, -7], [-7, -2], [4, 4]])
for row, y in zip(x.tolist(), net(x).flatten().tolist(), strict=True):
    print(f"max of {row[0]:2.0f} and {row[1]:2.0f}: {y:2.0f}")
