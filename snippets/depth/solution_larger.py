import torch

from dlbook.activations import sigmoid

for gain in (1, 4, 16, 64, 256, 1024):
    g = torch.Generator().manual_seed(0)
    h = torch.randn(100, 64, dtype=torch.float64, generator=g)
    weights = torch.randn(20, 64, 64, dtype=torch.float64, generator=g)
    weights = (weights * (gain / 64) ** 0.5).requires_grad_()
    flat = []
    for w in weights:
        h = sigmoid(h @ w.T)
        flat.append(((h < 0.01) | (h > 0.99)).double().mean())
    (slope,) = torch.autograd.grad(h.square().sum(), weights)
    norms = slope.norm(dim=(1, 2))
    factor = (norms[0] / norms[-1]) ** (1 / 19)
    print(f"variance {gain}/n: {factor:.1f} per layer,", end=" ")
    print(f"{100 * flat[-1]:.0f} % of layer 20 in a flat part")
