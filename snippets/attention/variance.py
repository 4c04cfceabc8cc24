import torch

g = torch.Generator().manual_seed(0)
print(" d_k  variance of q·k  of q·k/√d_k  of q·k/d_k")
for d_k in (4, 16, 64, 256, 1024):
    q, k = torch.randn(2, 10_000, d_k, generator=g, dtype=torch.float64)
    product = (q * k).sum(1)
    spread = [(product / c).var().item() for c in (1, d_k**0.5, d_k)]
    print(f"{d_k:4}  {spread[0]:15.1f}  {spread[1]:12.2f}  {spread[2]:10.4f}")
