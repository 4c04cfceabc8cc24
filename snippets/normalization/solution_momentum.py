import torch

from dlbook.normalization import BatchNorm

layer = BatchNorm(1, momentum=1 - 0.99)
average = 0.0
generator = torch.Generator().manual_seed(0)
for _ in range(300):
    x = 5 + torch.randn(32, 1, generator=generator)
    layer(x)
    average = 0.99 * average + 0.01 * x.mean().item()
print(f"Keras {average:.3f}, ours {layer.running_mean.item():.3f}")
print(f"of the 5, so much has arrived: {1 - 0.99**300:.3f}")
