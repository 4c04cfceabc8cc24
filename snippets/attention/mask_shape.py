import torch

from dlbook.attention import MultiHeadAttention

layer = MultiHeadAttention(d_model=16, heads=4)
x = torch.zeros(2, 6, 16)  # 2 texts of 6 words
real = torch.tensor([[True] * 4 + [False] * 2, [True] * 6])
print("right:", tuple(layer(x, mask=real[:, None, None]).shape))
layer(x, mask=real)
