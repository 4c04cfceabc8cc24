import torch

from dlbook.embedding import embed_one_hot, lookup
from dlbook.vocabulary import one_hot

V, d = 10, 4
W = torch.randn(V, d, generator=torch.Generator().manual_seed(0))
E = W.T
ids = torch.tensor([[5, 4, 6], [8, 5, 4]])  # two texts of three tokens
O = one_hot(ids, V)  # noqa: E741
for name, left, right in (("rows", O, W), ("columns", E, O.mT)):
    shapes = [tuple(x.shape) for x in (left, right, left @ right)]
    print(f"{name}: {shapes[0]} @ {shapes[1]} -> {shapes[2]}")
print("same numbers:", torch.equal((E @ O.mT).mT, O @ W))
print("look-up:", torch.equal(lookup(W, ids), embed_one_hot(W, ids)))
