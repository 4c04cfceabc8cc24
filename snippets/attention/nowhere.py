import torch
from torch.nn.functional import scaled_dot_product_attention

from dlbook.attention import MultiHeadAttention, attention
from dlbook.attention.torch_weights import to_torch

g = torch.Generator().manual_seed(0)
x = torch.randn(1, 3, 4, generator=g)
may_look = torch.tensor([[True, True, False],
                         [False, False, False],  # drinks may look nowhere
                         [True, False, True]])
print("plain softmax:", torch.full((3,), -torch.inf).softmax(0).tolist())
print("attention:    ", attention(x, x, x, may_look)[0, 1].tolist())
theirs = scaled_dot_product_attention(x, x, x, may_look)
print("torch's:      ", theirs[0, 1].tolist())
layer = to_torch(MultiHeadAttention(4, 2, generator=g))
for need in (False, True):
    how = {"attn_mask": ~may_look, "need_weights": need}
    y = layer.train()(x, x, x, **how)[0]
    slope, = torch.autograd.grad(y[0, [0, 2]].sum(), layer.in_proj_weight)
    with torch.no_grad():  # the layer takes another way
        fast = layer.eval()(x, x, x, **how)[0]
    print(f"torch.nn, need_weights={need!s:5}: train {y[0, 1, 0]:.0f},",
          f"eval and no_grad {fast[0, 1, 0]:.0f},",
          f"NaN in the gradient: {int(slope.isnan().sum())} of 48")
