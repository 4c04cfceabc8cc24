import torch

x = torch.zeros(2, 3, 4, 5)
print(x.permute(0, 2, 3, 1).reshape(2, 60).shape)
print(x.permute(0, 2, 3, 1).view(2, 60).shape)
