import torch

from dlbook.attention_at_scale import attention_at_scale

print(attention_at_scale(torch.ones(2)))
