import torch

from dlbook.attention import MultiHeadAttention, attention

g = torch.Generator().manual_seed(0)
x = torch.randn(5, 12, generator=g, dtype=torch.float64)
layer = MultiHeadAttention(12, 3, bias=False, generator=g).double()
parts = []
for i in range(3):
    columns = slice(4 * i, 4 * i + 4)
    q, k, v = (part(x)[:, columns]
               for part in (layer.query, layer.key, layer.value))
    w_o = layer.output.weight.T[columns]  # rows of this head
    parts.append(attention(q, k, v) @ w_o)
print([tuple(part.shape) for part in parts])
print("their sum is the output:", torch.allclose(sum(parts), layer(x)))
