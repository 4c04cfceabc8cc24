import torch

from dlbook.embedding import Embedding
from dlbook.vocabulary import PAD

ids = torch.tensor([[5, 7, PAD, PAD]])
for filler in (None, PAD):
    g = torch.Generator().manual_seed(0)
    layer = Embedding(9, 3, padding_idx=filler, generator=g)
    layer(ids).sum().backward()
    print(layer, "row of <pad>:", layer.weight[PAD].tolist() == [0, 0, 0],
          "gradient", layer.weight.grad[PAD].tolist())
