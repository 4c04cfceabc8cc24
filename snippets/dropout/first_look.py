import torch

from dlbook.dropout import dropout

print(dropout(torch.ones(2)))
