import torch

from dlbook.embedding import embed_one_hot, lookup
from dlbook.vocabulary import one_hot

V, d = 10, 4
W = torch.randn(V, d, generator=torch.Generator().manual_seed(0))
E = W.T
ids = torch.tensor([[5, 4, 6], [8, 5, 4]])  # two texts of three tokens
O = one_hot(ids, V)  # noqa: E741
print("rows:   ", tuple(O.shape), "@", tuple(W.shape), "->", tuple((O @ W).shape))
columns = E @ O.mT
print("columns:", tuple(E.shape), "@", tuple(O.mT.shape), "->",
      tuple(columns.shape))
print("same numbers:", torch.equal(columns.mT, O @ W))
print("look-up:", torch.equal(lookup(W, ids), embed_one_hot(W, ids)))
