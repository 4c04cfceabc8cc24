import time

import matplotlib.pyplot as plt
import torch

from dlbook.embedding import embed_one_hot, lookup


def milliseconds(how, weight, ids):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        how(weight, ids)
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


sizes, ids = [300, 1000, 3000, 10_000, 30_000], torch.arange(256)
for how in (embed_one_hot, lookup):
    spent = [milliseconds(how, torch.ones(V, 128), ids) for V in sizes]
    print(f"{how.__name__}: {spent[-1]:.2f} ms with 30,000 rows,",
          f"{spent[-1] / spent[0]:.0f} times as long as with 300")
    plt.loglog(sizes, spent, "o-", label=how.__name__)
    last = spent[-1] if how is embed_one_hot else last / spent[-1]
print("look-up is faster:", last > 1)
plt.legend()
plt.gca().set(xlabel="V", ylabel="milliseconds")
plt.show()
