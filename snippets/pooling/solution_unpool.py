import torch

from dlbook.data import photo
from dlbook.pooling import max_pool2d, max_pool2d_gradient

x = photo("flower", width=96)[None]
y = max_pool2d(x, 2)
back = max_pool2d_gradient(y, x, 2)
_, index = torch.nn.functional.max_pool2d(x, 2, return_indices=True)
torchs = torch.nn.functional.max_unpool2d(y, index, 2)
print("as MaxUnpool2d:", back.equal(torchs))
print("pooling it again gives y:", max_pool2d(back, 2).equal(y))
print(f"not 0: {100 * (back > 0).double().mean():.0f} % of the pixels")
