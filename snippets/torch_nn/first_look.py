import torch

from dlbook.torch_nn import torch_nn

print(torch_nn(torch.ones(2)))
