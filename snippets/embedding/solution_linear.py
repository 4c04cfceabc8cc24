import torch

from dlbook.embedding import Embedding
from dlbook.vocabulary import one_hot

g = torch.Generator().manual_seed(0)
layer = Embedding(9, 4, generator=g)
linear = torch.nn.Linear(9, 4, bias=False)
with torch.no_grad():
    linear.weight.copy_(layer.weight.T)  # a linear layer keeps d x V
ids = torch.tensor([[5, 4, 6], [8, 5, 4]])
print(torch.equal(linear(one_hot(ids, 9)), layer(ids)))
