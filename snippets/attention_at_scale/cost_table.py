import torch
from torch.utils.flop_counter import FlopCounterMode

from dlbook.attention import MultiHeadAttention, cost

print("words  maps, million  pairs, million  weights, MiB")
for n in (16, 128, 1024, 8192):
    _, work, weights = cost(n, d_model=512, heads=8)
    pairs = 2 * n**2 * 512
    print(f"{n:5}{(work - pairs) / 1e6:15,.0f}{pairs / 1e6:16,.0f}",
          f"{4 * weights / 2**20:13,.2f}")
with FlopCounterMode(display=False) as counter:
    MultiHeadAttention(512, heads=8)(torch.zeros(128, 512))
flops = counter.get_total_flops()  # two for a multiply-add
print("128 words, counted:", flops // 2)
print("128 words, formula:", cost(128, 512, 8).multiply_adds)
