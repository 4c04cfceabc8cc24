import torch
from torch.nn.functional import scaled_dot_product_attention as fused

import dlbook
from dlbook.attention import attention
from dlbook.attention_at_scale import attention_in_blocks
from dlbook.attention_at_scale.memory import peak_bytes


def there_and_back(f, leaves):
    f(*leaves).sum().backward()


qkv = torch.ones(3, 1, 1, 4096, 64, device=dlbook.device())
there, both = [], []
for f in (attention, attention_in_blocks, fused):
    there.append(peak_bytes(f, *qkv) / 2**20)
    leaves = qkv.clone().requires_grad_()
    both.append(peak_bytes(there_and_back, f, leaves) / 2**20)
print("MiB for 4096 words: there, there and back")
print(f"plain    {there[0]:8.1f}{both[0]:8.1f}")
print(f"in blocks{there[1]:8.1f}{both[1]:8.1f}")
print(f"times less: {there[0] / there[1]:.0f}, {both[0] / both[1]:.0f};",
      "fused less still:", there[2] < there[1] and both[2] < both[1])
