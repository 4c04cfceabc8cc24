import torch

from dlbook.positional_encoding import LearnedPositions

add_positions = LearnedPositions(max_length=512, d_model=64)
print("512 words:", tuple(add_positions(torch.zeros(1, 512, 64)).shape))
print("513 words:", tuple(add_positions(torch.zeros(1, 513, 64)).shape))
