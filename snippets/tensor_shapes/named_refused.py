import torch
from einops import rearrange

x = torch.zeros(3, 32, 32)  # one picture, no batch
print(rearrange(x, "c h w -> h w c").shape)
print(rearrange(x, "n c h w -> n h w c").shape)
