import torch

from dlbook.activations import relu

g = torch.Generator().manual_seed(0)
a, b = 10 * torch.randn(2, 1000, dtype=torch.float64, generator=g)
print("size:", a.abs().allclose(relu(a) + relu(-a)))
print("larger of two:", torch.maximum(a, b).allclose(a + relu(b - a)))
print("a itself:", a.allclose(relu(a) - relu(-a)))
