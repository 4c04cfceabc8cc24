import torch

from dlbook.vocabulary import one_hot

d = V = 4
W = torch.arange(16.0).reshape(V, d)  # a row per word
e = one_hot(torch.tensor(2), V)
print("right, e @ W:", (e @ W).tolist())
print("wrong, W @ e:", (W @ e).tolist())
