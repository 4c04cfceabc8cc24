import torch

from dlbook.augmentation import shift_colours, to_bytes

x = torch.tensor([250, 120, 3], dtype=torch.uint8).reshape(1, 3, 1, 1)
shift = torch.tensor([[20.0, 20.0, -20.0]])
moved = x + shift[:, :, None, None]
for name, pixels in {
    "as floats": moved,
    "cast to bytes": moved.long().to(torch.uint8),
    "clamped first": moved.clamp(0, 255).to(torch.uint8),
    "shift_colours": shift_colours(x, shift),
    "to_bytes": to_bytes(moved / 255),
}.items():
    print(f"{name:13}", pixels.flatten().tolist())
