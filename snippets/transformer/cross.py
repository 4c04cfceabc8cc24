import torch

from dlbook.transformer import DecoderLayer

g = torch.Generator().manual_seed(0)
layer = DecoderLayer(64, 4, 256, generator=g)
memory, x = (torch.randn(1, n, 64, generator=g) for n in (6, 4))
print("x, memory, output:", *(tuple(t.shape) for t in (
    x, memory, layer(x, memory))))
weights = layer.cross.layer.weights(layer.cross.norm(x), memory)
print("weights of a head:", tuple(weights[0, 0].shape))
print("each row sums to 1:", torch.allclose(weights.sum(-1), torch.ones(4)))
shuffled = memory[:, torch.randperm(6, generator=g)]
same = torch.allclose(layer(x, memory), layer(x, shuffled), atol=1e-5)
print("the order of the memory's rows matters:", not same)
