import torch

from dlbook.lrn import lrn

x = torch.tensor([0.0, 0, 0, 1e-3]).reshape(1, 4, 1)
for k in (0, 1e-12, 1):
    y = lrn(x, 3, alpha=1, beta=0.5, k=k)
    print(f"k={k:g}:", [f"{value:.3g}" for value in y.flatten().tolist()])
