import math

import torch

from dlbook.data import digits
from dlbook.losses import cross_entropy, log_softmax, softmax

images, labels = digits()
x, g = images.flatten(1).double(), torch.Generator().manual_seed(0)
weight = 0.01 * torch.randn(10, 64, dtype=x.dtype, generator=g)
loss = cross_entropy(x @ weight.T, labels)
print(f"untrained: loss {loss:.2f}, perplexity {math.exp(loss):.1f}")
print(f"log of 10: {math.log(10):.2f}")

q = torch.tensor([[0.7, 0.2, 0.1]], dtype=x.dtype)  # what is true
for z in ([[0.7, 0.2, 0.1]], [[0.6, 0.2, 0.2]], [[0.1, 0.2, 0.7]]):
    z = torch.tensor(z, dtype=x.dtype).log()
    entropy = -(q * q.log()).sum()
    divergence = (q * (q.log() - log_softmax(z))).sum()
    print("said", [f"{p:.1f}" for p in softmax(z).tolist()[0]],
          f"loss {cross_entropy(z, q):.3f} = {entropy:.3f} +",
          f"{divergence:.3f}")
