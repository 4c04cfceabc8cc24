import torch

from dlbook.lrn import lrn

a = torch.tensor([3.0, 1, 2, 6]).reshape(1, 4, 1)
b = lrn(a, 3, alpha=1, beta=0.75, k=2)
print([f"{value:.3f}" for value in b.flatten().tolist()])
