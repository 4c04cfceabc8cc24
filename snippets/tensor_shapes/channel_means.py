import torch

x = torch.zeros(8, 3, 32, 32)
means = torch.tensor([0.5, 0.4, 0.3])
print((x - means[:, None, None]).shape)
print((x[..., :3] - means).shape, "narrow pictures: no error, wrong numbers")
print((x - means).shape)
