import torch

from dlbook.pooling import max_pool2d

x = torch.tensor([[1, 3, 2, 0], [5, 7, 1, 1], [0, 2, 4, 4], [6, 4, 8, 0.0]])
print((-max_pool2d(-x[None, None], 2)).int()[0, 0].tolist())
padded = -max_pool2d(-x[None, None], 2, padding=1)
print("the padding never is the minimum:", bool(padded.isfinite().all()))
