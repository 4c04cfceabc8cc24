import torch

g = torch.Generator().manual_seed(0)
print("      variance of     entropy of ten weights, and words that share")
print(" d_k  q·k   q·k/√d_k  q·k         q·k/√d_k    q·k/d_k")
for d_k in (4, 16, 64, 256, 1024):
    q = torch.randn(4000, 1, d_k, generator=g, dtype=torch.float64)
    k = torch.randn(4000, 10, d_k, generator=g, dtype=torch.float64)
    product = q @ k.mT
    row = f"{d_k:4}  {product.var():4.0f}  {(product / d_k**0.5).var():8.1f}"
    for divisor in (1, d_k**0.5, d_k):
        a = (product / divisor).softmax(-1)
        entropy = torch.special.entr(a).sum(-1).mean()  # of -a ln a
        row += f"  {entropy:4.2f}: {entropy.exp():4.1f}"
    print(row)
