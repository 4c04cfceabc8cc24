import torch

from dlbook.embedding import Embedding

layer = Embedding(30_000, 300)
print(sum(p.numel() for p in layer.parameters()))
ids = torch.zeros(8, 20, dtype=torch.int64)
print(tuple(layer(ids).shape), ids.nbytes, layer(ids).nbytes)
