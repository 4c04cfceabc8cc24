# about half a minute
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as loss

from dlbook.convolution import Conv2d, conv2d


def example(g):
    cells = (torch.rand(1, 1, 32, 32, generator=g) < 0.4).float()
    count = conv2d(cells, torch.ones(1, 1, 3, 3), padding=1) - cells / 2
    return cells, ((count - 3).abs() < 0.6).float()  # lives: 2.5, 3, 3.5


for seed in range(5):
    g = torch.Generator().manual_seed(seed)
    see = Conv2d(1, 4, 3, padding=1, generator=g)
    judge = Conv2d(4, 1, 1, generator=g)
    net = torch.nn.Sequential(see, torch.nn.ReLU(), judge)
    adam = torch.optim.Adam(net.parameters(), lr=0.05)
    for x, y in [example(g) for _ in range(300)]:
        adam.zero_grad()
        loss(net(x), y).backward()
        adam.step()
    x, y = example(g)
    print("wrong cells of 1,024:", ((net(x) > 0) != (y > 0)).sum().item())
