import torch

g = torch.Generator().manual_seed(0)
target = torch.randn(100, generator=g)
prediction = target[:, None].clone()  # all right, but of shape (100, 1)
error = (prediction - target).square()
print("shape of the differences:", tuple(error.shape))
print(f"mean: {error.mean():.2f}, though nothing is wrong")
