import matplotlib.pyplot as plt
import torch
from torch.nn.functional import avg_pool2d, conv2d, max_pool2d

from dlbook.data import photo

x = [photo(name, width=320).mean(0)[None] for name in ("china", "flower")]
sobel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
bank = torch.stack([sobel, -sobel, sobel.T, -sobel.T])[:, None]
maps = conv2d(torch.stack(x), bank).double().relu()
print("pixels        1    2    3    4           1    2    3    4")
for name, small in {
    "every 4th": lambda x: x[..., ::4, ::4],
    "average": lambda x: avg_pool2d(x, 4), "max": lambda x: max_pool2d(x, 4),
    "max, blurred": lambda x: avg_pool2d(max_pool2d(x, 4, stride=1), 4),
}.items():
    y = [small(maps[..., t : t + 308]).flatten() for t in range(9)]
    y = torch.stack(y)
    like, same = y.corrcoef()[0], (y == y[0])[:, y[0] > 0].double().mean(1)
    plt.plot(range(9), like.numpy(), "o-", label=name)
    print(f"{name:13}", *(f"{value:.2f}" for value in like[1:5]), end="  ")
    print("same:", *(f"{100 * share:2.0f} %" for share in same[1:5]))
plt.gca().set(xlabel="shift in pixels", ylabel="correlation")
plt.legend()
plt.show()
