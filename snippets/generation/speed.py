from time import perf_counter

import torch

from dlbook.transformer.generation import write
from dlbook.transformer.gpt import GPT

rng = torch.Generator().manual_seed(0)
model = GPT(100, 256, 128, 4, 4, generator=rng).eval()
ids = torch.zeros(1, 1, dtype=torch.long)
print("4 layers, 128 columns, 255 tokens")
seconds = {True: [], False: []}
for _ in range(3):
    for cached, found in seconds.items():
        start = perf_counter()
        write(model, ids, 255, cached=cached)
        found.append(perf_counter() - start)
best = {cached: min(found) for cached, found in seconds.items()}
for cached, found in best.items():
    print("with the cache" if cached else "without", f"{found:.2f} s")
print("at least three times faster:", best[False] > 3 * best[True])
