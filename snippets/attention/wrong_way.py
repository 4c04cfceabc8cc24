import torch

from dlbook.attention import MultiHeadAttention, causal_mask
from dlbook.attention.torch_weights import to_torch

g = torch.Generator().manual_seed(0)
ours = MultiHeadAttention(4, 1, generator=g)
theirs = to_torch(ours)
x = torch.randn(1, 3, 4, generator=g)  # cat drinks milk
may_look = causal_mask(3)
real = torch.tensor([[True, True, False]])  # the third word is padding


def show(name, weights):
    rows = [" ".join(f"{a:.2f}" for a in row) for row in weights.tolist()]
    print(f"{name:22}", " | ".join(rows))


show("ours, mask=may_look", ours.weights(x, mask=may_look)[0, 0])
for name, mask in [("attn_mask", may_look), ("key_padding_mask", real)]:
    show(f"{name}=~…", theirs(x, x, x, **{name: ~mask})[1][0])
    show(f"{name}=…", theirs(x, x, x, **{name: mask})[1][0])
