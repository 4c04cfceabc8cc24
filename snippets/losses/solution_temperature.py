import torch

from dlbook.losses import softmax

z = torch.tensor([2.0, 1, 0, -1], dtype=torch.float64)
for temperature in (0.1, 1, 10):
    p = softmax(z / temperature)
    print(f"T = {temperature:4}:", *[f"{share:.3f}" for share in p.tolist()])
