import matplotlib.pyplot as plt
import torch
from torch.nn.functional import avg_pool2d, conv2d, max_pool2d

from dlbook.data import photo

x = [photo(name, width=320).mean(0)[None] for name in ("china", "flower")]
down = torch.tensor([[-1.0, -2, -1], [0, 0, 0], [1, 2, 1]])
turns = torch.arange(8)[:, None, None] * torch.pi / 4
bank = (turns.cos() * down.T + turns.sin() * down)[:, None]  # 8 directions
maps = conv2d(torch.stack(x), bank).double().relu()
for name, small in {
    "every 4th": lambda x: x[..., ::4, ::4],
    "average": lambda x: avg_pool2d(x, 4), "max": lambda x: max_pool2d(x, 4),
    "max, blurred": lambda x: avg_pool2d(max_pool2d(x, 4, stride=1), 4),
}.items():
    y = [small(maps[..., t : t + 308]).flatten() for t in range(9)]
    like, on = torch.stack(y).corrcoef()[0], y[0] > 0
    plt.plot(range(9), like.numpy(), "o-", label=name)
    same = [100 * (y[t] == y[0])[on].double().mean() for t in range(1, 5)]
    cells = [*(f"{c:.2f}" for c in like[1:5]), *(f"{s:2.0f} %" for s in same)]
    print(f"{name:13}", *cells)
plt.gca().set(xlabel="shift in pixels", ylabel="correlation")
plt.legend()
plt.show()
