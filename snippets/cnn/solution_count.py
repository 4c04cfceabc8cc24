import torch

from dlbook.cnn import CNN, layer_table

net = CNN((1, 28, 28), [32, 64], [128, 10])
for row in layer_table(net, torch.zeros(1, 1, 28, 28)):
    if row.parameters:
        print(f"{row.kind:7} {row.parameters:8,} parameters"
              f" {row.multiply_adds:10,} multiply-adds")
