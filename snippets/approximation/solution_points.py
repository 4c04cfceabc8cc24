import torch

from dlbook.approximation import pieces

net = pieces(torch.tensor([0.0, 1, 2, 4]), torch.tensor([0.0, 2, 1, 1]))
print("turns:", net.layers[1].weight[0].tolist())
for x in (0.5, 1.0, 1.5, 3.0, 9.0):
    print(f"N({x}) = {net(torch.tensor([[x]])).item()}")
