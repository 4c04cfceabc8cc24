import torch

from dlbook.embedding import Embedding
from dlbook.vocabulary import one_hot

g = torch.Generator().manual_seed(0)
layer = Embedding(7, 3, generator=g).double()
W, M = layer.weight, torch.randn(3, 3, dtype=torch.float64, generator=g)
ids, target = torch.tensor([2, 5, 2]), torch.tensor([5, 1, 0])
h = torch.tanh(layer(ids) @ M)  # what stands between
logits = h @ W.T  # the same matrix again
loss = torch.nn.functional.cross_entropy(logits, target, reduction="sum")
loss.backward()

delta = (logits.softmax(1) - one_hot(target, 7)).detach()  # p - y
h = h.detach()
output = delta.T @ h  # every row
back = ((delta @ W) * (1 - h**2) @ M.T).detach()
look_up = one_hot(ids, 7, dtype=W.dtype).T @ back  # rows 2 and 5
print("sum of both:", torch.allclose(W.grad, look_up + output))
print("rows that the look-up moves:", look_up.any(1).nonzero()[:, 0].tolist())
print("rows that the output moves:", output.any(1).nonzero()[:, 0].tolist())
for name, V, d in (("Transformer base", 37_000, 512), ("GPT-2", 50_257, 768)):
    print(f"{name}: {V * d:,} weights in one such matrix")
