import torch

from dlbook.alexnet import alexnet

print(alexnet(torch.ones(2)))
