import torch

p = torch.full((1000,), 0.4, dtype=torch.float64)
print("product:", p.prod().item())
print(f"sum of logarithms: {p.log().sum():.1f}")
print(f"mean of minus the logarithm: {-p.log().mean():.3f}")
