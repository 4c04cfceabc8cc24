import torch

from dlbook.positional_encoding import rope


def rope_halves(x):
    half = x.shape[-1] // 2
    order = torch.arange(2 * half).reshape(2, half).T.flatten()
    turned = rope(x[..., order])  # columns i and i + half stand side by side
    return turned[..., order.argsort()]


g = torch.Generator().manual_seed(0)
q, k = torch.randn(2, 6, 8, generator=g).double()
order = torch.tensor([0, 4, 1, 5, 2, 6, 3, 7])
pairs = rope(q) @ rope(k).T
halves = rope_halves(q) @ rope_halves(k).T
print("columns as they are:", torch.allclose(halves, pairs))
q, k = q[:, order.argsort()], k[:, order.argsort()]
halves = rope_halves(q) @ rope_halves(k).T
print("columns in its order:", torch.allclose(halves, pairs))
