import torch

from dlbook.attention_at_scale import cache_bytes

weights, memory = 8e9 * 2, 24 * 2**30  # bytes
for heads in (32, 8, 1):
    one = cache_bytes(1, layers=32, heads=heads, d_k=128,
                      dtype=torch.bfloat16)
    print(f"{heads:2} heads kept: {int((memory - weights) / one) // 1000}",
          "thousand tokens")
