import torch
from torch.nn.functional import scaled_dot_product_attention

from dlbook.attention import attention, causal_mask

g = torch.Generator().manual_seed(0)
x = torch.randn(6, 16, generator=g, dtype=torch.float64)
w_q, w_k, w_v = torch.randn(3, 16, 16, generator=g, dtype=torch.float64) / 4
whole = attention(x @ w_q, x @ w_k, x @ w_v, causal_mask(6))

keys, values = [], []
for i, word in enumerate(x):  # one word at a time, as in writing
    keys.append(word @ w_k)
    values.append(word @ w_v)
    qkv = (word @ w_q)[None], torch.stack(keys), torch.stack(values)
    same = attention(*qkv)[0].allclose(whole[i])
    y = scaled_dot_product_attention(*(t[None] for t in qkv), is_causal=True)
    trap = y[0, 0].allclose(whole[i])
    print(f"word {i} from the cache: {same}, with is_causal: {trap}")
