import torch

import dlbook
from dlbook.attention import attention
from dlbook.attention_at_scale.memory import peak_bytes

print("words  MiB, measured  by the formula")
for n in (512, 1024, 2048):
    qkv = torch.ones(3, 1, 4, n, 64, device=dlbook.device())
    most = peak_bytes(attention, *qkv)
    print(f"{n:5}{most / 2**20:15.1f}{2 * 4 * 4 * n**2 / 2**20:16.1f}")
