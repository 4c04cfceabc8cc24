import torch

from dlbook.attention import MultiHeadAttention

print("heads  d_k  parameters  torch's")
for heads in (1, 2, 8, 64, 512):
    ours = MultiHeadAttention(512, heads)
    theirs = torch.nn.MultiheadAttention(512, heads)
    counts = [sum(p.numel() for p in layer.parameters())
              for layer in (ours, theirs)]
    print(f"{heads:5}{512 // heads:5}{counts[0]:12,}{counts[1]:12,}")
