import time

import matplotlib.pyplot as plt
import torch

from dlbook.convolution import conv2d, conv2d_unfold


def milliseconds(f, x, w=torch.ones(8, 8, 3, 3)):
    start = time.perf_counter()
    f(x, w)
    return 1000 * (time.perf_counter() - start)


sizes = [8, 16, 32, 64, 96]
ways = [conv2d, conv2d_unfold, torch.nn.functional.conv2d]
images = [torch.ones(4, 8, n, n) for n in sizes]
times = [[min(milliseconds(f, x) for _ in range(7)) for x in images]
         for f in ways]
plt.loglog(sizes, torch.tensor(times).T, "o-")
plt.legend(["loops", "unfold", "torch"])
plt.xticks(sizes, sizes)
plt.gca().set(xlabel="image width", ylabel="milliseconds")
print("at 96 by 96, unfold beats loops:", times[1][-1] < times[0][-1])
plt.show()
