import torch

from dlbook.googlenet import googlenet

print(googlenet(torch.ones(2)))
