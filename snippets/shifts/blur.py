import torch

signal = torch.tensor([0.0, 0, 1, 1, 0, 0, 1, 1])
for shift in range(3):
    x = signal.roll(shift)  # around the end, so that no border is near
    dense = torch.maximum(x, x.roll(-1))  # max pooling at every place
    blurred = (dense.roll(1) + 2 * dense + dense.roll(-1)) / 4
    print("max", *dense[::2].int().tolist(), end="   max, then blurred ")
    print(*blurred[::2].tolist())
