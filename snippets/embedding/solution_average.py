import torch

from dlbook.embedding import Embedding, lookup_gradient
from dlbook.vocabulary import PAD

g = torch.Generator().manual_seed(0)
ids = torch.tensor([[5, 7, 5, PAD], [6, PAD, PAD, PAD]])
layer = Embedding(9, 3, padding_idx=PAD, generator=g).double()
real = (ids != PAD).sum(1, keepdim=True)
mean = layer(ids).sum(1) / real
torchs = torch.nn.EmbeddingBag(9, 3, mode="mean", padding_idx=PAD).double()
torchs.load_state_dict(layer.state_dict())
print("torch's EmbeddingBag:", torch.allclose(mean, torchs(ids)))
mean.sum().backward()
share = (ids != PAD).double() / real  # what each place sends back
by_hand = lookup_gradient(share[..., None].expand(2, 4, 3), ids, 9)
print("gradient:", torch.allclose(layer.weight.grad, by_hand))
print("row 5:", round(layer.weight.grad[5, 0].item(), 2))
