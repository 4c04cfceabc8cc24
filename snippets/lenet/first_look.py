import torch

from dlbook.lenet import lenet

print(lenet(torch.ones(2)))
