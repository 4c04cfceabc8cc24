import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention

from dlbook.attention import MultiHeadAttention, attention
from dlbook.attention.torch_weights import to_torch

g = torch.Generator().manual_seed(0)
x = torch.randn(1, 3, 4, generator=g)
look = torch.tensor([[1, 1, 0], [0, 0, 0], [1, 0, 1]]).bool()
theirs = scaled_dot_product_attention(x, x, x, look)
print("row 1:", *attention(x, x, x, look)[0, 1].tolist())
print("torch:", *theirs[0, 1].tolist())
layer = to_torch(MultiHeadAttention(4, 2, generator=g))
block = nn.TransformerEncoderLayer(4, 2, 8, dropout=0, batch_first=True)
block.self_attn = layer
how = {"attn_mask": ~look, "need_weights": False}
ways = {"asked for weights": lambda: layer(x, x, x, attn_mask=~look)[0],
        "not asked": lambda: layer(x, x, x, **how)[0],
        "encoder layer": lambda: block(x, src_mask=~look)}
modes = {"train": (True, True), "eval": (False, True),
         "eval and no_grad": (False, False)}
for name, run in ways.items():
    found = []
    for mode, (training, gradients) in modes.items():
        block.train(training)
        with torch.set_grad_enabled(gradients):
            nan = run().isnan().any()
        found.append(f"{mode}: {'NaN' if nan else 'finite'}")
    print(f"{name:17}", ", ".join(found))
