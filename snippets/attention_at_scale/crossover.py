import time

import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.attention import MultiHeadAttention, attention

layer = MultiHeadAttention(256, heads=1).to(dlbook.device())
words, best = [64, 128, 256, 512, 1024, 2048], []
for n in words:
    x, found = torch.ones(n, 256, device=dlbook.device()), []
    for _ in range(4):
        start = time.perf_counter()
        q, k, v = layer.query(x), layer.key(x), layer.value(x)
        layer.output(x).sum().item()  # on a GPU: wait
        middle = time.perf_counter()
        attention(q, k, v).sum().item()
        found.append([middle - start, time.perf_counter() - middle])
    best.append([1000 * min(times) for times in zip(*found, strict=True)])
print("pairs take longer at 64, at 2048:", *(p > m for m, p in best[::5]))
ax = plt.subplots(figsize=(4.5, 2.6))[1]
ax.set(xlabel="words n", ylabel="milliseconds")
ax.legend(ax.loglog(words, best, "o-"), ["maps", "pairs"])
plt.show()
