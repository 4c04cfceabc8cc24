import matplotlib.pyplot as plt
import torch
from torch.nn.functional import avg_pool2d, conv2d, max_pool2d

from dlbook.data import photo

x = [photo(name, width=320).mean(0)[None] for name in ("china", "flower")]
sobel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
bank = torch.stack([sobel, -sobel, sobel.T, -sobel.T])[:, None]
maps = conv2d(torch.stack(x), bank).double().relu()
print(f"{'shift:':>26}    1    2    3    4        1    2    3    4")
for name, k in [("every 4th", 1), ("average", 4), ("max", 4),
                ("average", 7), ("max", 7), ("max, blurred", 7)]:
    dense = (avg_pool2d(max_pool2d(maps, 4, 1), 4, 1) if "blurred" in name
             else (max_pool2d if name == "max" else avg_pool2d)(maps, k, 1))
    y = [dense[..., ::4, t : t + 302 : 4].flatten() for t in range(9)]
    y = torch.stack(y)
    like, same = y.corrcoef()[0], (y == y[0])[:, y[0] > 0].double().mean(1)
    plt.plot(range(9), like.numpy(), "o-", label=f"{name}, sees {k}")
    print(f"{name:12} sees {k} pixels", *(f"{v:.2f}" for v in like[1:5]),
          " same:", *(f"{100 * share:2.0f} %" for share in same[1:5]))
plt.gca().set(xlabel="shift in pixels", ylabel="correlation")
plt.ylim(-0.3, 1.05)
plt.legend(ncols=2, loc="lower left")
plt.show()
