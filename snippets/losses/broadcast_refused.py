import torch

from dlbook.losses import mse

target = torch.zeros(100)
prediction = torch.zeros(100, 1)
print(mse(prediction, target))
