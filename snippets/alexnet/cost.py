import torch

from dlbook.alexnet import AlexNet2012
from dlbook.cnn import layer_table

with torch.device("meta"):
    rows = layer_table(AlexNet2012(), torch.zeros(1, 3, 227, 227))
weights = 4 * sum(row.parameters for row in rows)  # bytes
kept = 4 * 128 * sum(torch.Size(row.gives).numel() for row in rows)
print(f"weights: {weights / 1e9:.2f} GB")
print(f"with gradients and momentum: {3 * weights / 1e9:.2f} GB")
print(f"what the layers give for 128 pictures: {kept / 1e9:.2f} GB")
