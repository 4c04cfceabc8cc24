# --8<-- [start:measure]
import time

import torch

import dlbook
from dlbook.attention_at_scale.writing import Writer

model = Writer(100, d_model=128, heads=4, layers=4).to(dlbook.device())
ids = torch.zeros(1, 1024, dtype=torch.long, device=dlbook.device())
words, best = [64, 128, 256, 512, 1024], []
for n in words:
    caches, found = model.new_caches(n + 3), []
    with torch.no_grad():
        model(ids[:, : n - 1], caches)  # what was written before
        for _ in range(4):
            times = [time.perf_counter()]
            for text in ((ids[:, :n],), (ids[:, :1], caches)):
                model(*text).sum().item()
                times.append(time.perf_counter())
            found.append(torch.tensor(times).double().diff())
    best.append(1000 * torch.stack(found).amin(0))
# --8<-- [end:measure]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

again, cached = best[-1].tolist()
print("10 times faster at 1024 words:", again > 10 * cached)
fig, ax = plt.subplots(figsize=(4.5, 2.6))
ax.loglog(words, torch.stack(best), "o-", label=["again", "from the cache"])
ax.set(xlabel="words so far", ylabel="milliseconds, next word")
ax.legend()
plt.show()
# --8<-- [end:draw]
