import torch

from dlbook.embedding import Embedding

layer = Embedding(9, 4)
ids = torch.tensor([5, 4, 6])
print(layer(ids / 1))
