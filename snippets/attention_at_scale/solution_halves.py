import torch

from dlbook.attention import attention

g = torch.Generator().manual_seed(0)
q, k, v = torch.randn(3, 100, 8, generator=g, dtype=torch.float64)
halves, levels = [], []
for keys, values in zip(k.chunk(2), v.chunk(2), strict=True):
    halves.append(attention(q, keys, values))
    levels.append((q @ keys.T / 8**0.5).logsumexp(1))
share = torch.stack(levels).softmax(0)[..., None]  # of each half, per query
joined = (share * torch.stack(halves)).sum(0)
print("joined = at once:", joined.allclose(attention(q, k, v)))
print("plain mean of the halves:", torch.stack(halves).mean(0).allclose(
    attention(q, k, v)))
