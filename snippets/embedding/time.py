from timeit import repeat

import matplotlib.pyplot as plt
import torch

from dlbook.embedding import embed_one_hot, lookup


def milliseconds(how, size):
    weight, ids = torch.ones(size, 128), torch.arange(256)
    return 1000 * min(repeat(lambda: how(weight, ids), number=1))


sizes, spent = [300, 1000, 3000, 10_000, 30_000], {}
for how in (embed_one_hot, lookup):
    spent[how] = [milliseconds(how, size) for size in sizes]
    print(f"{how.__name__}: {spent[how][-1]:.2f} ms with 30,000 rows")
    plt.loglog(sizes, spent[how], "o-", label=how.__name__)
print("look-up is faster:", spent[lookup][-1] < spent[embed_one_hot][-1])
plt.legend()
plt.gca().set(xlabel="size V of the vocabulary", ylabel="milliseconds")
plt.show()
