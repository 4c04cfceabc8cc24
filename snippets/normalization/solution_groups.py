import torch

from dlbook.normalization import GroupNorm, InstanceNorm, LayerNorm

generator = torch.Generator().manual_seed(0)
x = torch.randn(2, 6, 4, 4, generator=generator)
layer, instance = LayerNorm((6, 4, 4)), InstanceNorm(6)
print("one group is layer norm:",
      torch.allclose(GroupNorm(1, 6)(x), layer(x), atol=1e-6))
print("six groups are instance norm:",
      torch.allclose(GroupNorm(6, 6)(x), instance(x), atol=1e-6))
for name, norm in ("group", GroupNorm(1, 6)), ("layer", layer):
    print(name, "norm has weights of shape", tuple(norm.weight.shape))
