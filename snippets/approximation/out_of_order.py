import torch

from dlbook.approximation import pieces

places = torch.tensor([0.0, 2, 1])  # as they came from a file
pieces(places, torch.tensor([1.0, 0, 3]))
