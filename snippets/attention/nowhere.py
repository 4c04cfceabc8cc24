import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention

from dlbook.attention import attention

g = torch.Generator().manual_seed(0)
x = torch.randn(1, 3, 4, generator=g)
look = torch.tensor([[1, 1, 0], [0, 0, 0], [1, 0, 1]]).bool()
theirs = scaled_dot_product_attention(x, x, x, look)
print("ours: ", attention(x, x, x, look)[0, 1].tolist())
print("torch:", theirs[0, 1].tolist())
layer = nn.MultiheadAttention(4, 2, batch_first=True)
block = nn.TransformerEncoderLayer(4, 2, 8, dropout=0, batch_first=True)
both = nn.ModuleList([layer, block])
how = {"attn_mask": ~look, "need_weights": False}
ways = {"asked for weights": lambda: layer(x, x, x, attn_mask=~look)[0],
        "not asked": lambda: layer(x, x, x, **how)[0],
        "encoder layer": lambda: block(x, src_mask=~look)}
for name, run in ways.items():
    found = [run().isnan().any() for _ in [both.train(), both.eval()]]
    with torch.no_grad():
        found.append(run().isnan().any())
    a, b, c = ["NaN" if nan else "finite" for nan in found]
    print(f"{name:17} train: {a:6}  eval: {b:6}  eval, no_grad: {c}")
