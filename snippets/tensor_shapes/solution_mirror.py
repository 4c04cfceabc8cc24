import torch

from dlbook.data import photo

array = photo("flower", width=160).permute(1, 2, 0).numpy()
mirrored = array[:, ::-1]
print("strides of NumPy, in bytes:", mirrored.strides)
good, flipped = mirrored.copy(), torch.from_numpy(array).flip(1)
print("the copy is right:", torch.equal(torch.from_numpy(good), flipped))
print(torch.from_numpy(mirrored))
