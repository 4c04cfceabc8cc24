import torch

from dlbook.normalization import BatchNorm

layer = BatchNorm(1, eps=0)
x = torch.tensor([[1.0], [3], [5], [7]])  # four examples, one channel
print("in training:", *(f"{y:.3f}" for y in layer(x)[:, 0].tolist()))
print(f"running mean: {layer.running_mean.item():.3f}")
print(f"running variance: {layer.running_var.item():.3f}")
layer.eval()
print("in testing:", *(f"{y:.3f}" for y in layer(x)[:, 0].tolist()))
