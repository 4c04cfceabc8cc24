import torch

from dlbook.rnn import rnn

print(rnn(torch.ones(2)))
