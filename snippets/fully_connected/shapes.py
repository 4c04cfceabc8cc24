import torch

import dlbook
from dlbook.data import digits
from dlbook.fully_connected import MLP, count_parameters

images, labels = digits()
x = images[:5].flatten(1).to(dlbook.device())  # 5 images, 64 numbers each
g = torch.Generator().manual_seed(0)
model = MLP([64, 32, 16, 10], generator=g).to(dlbook.device())
print(f"images {tuple(images[:5].shape)}, flattened {tuple(x.shape)}")
for layer in model.layers:
    z = layer(x)
    print(f"x {tuple(x.shape)!s:8} weight {tuple(layer.weight.shape)!s:9}"
          f" bias {tuple(layer.bias.shape)!s:6} z {tuple(z.shape)!s:8}"
          f" {count_parameters(layer):5,} parameters")
    x = torch.relu(z)
print("together", f"{count_parameters(model):,} parameters")
