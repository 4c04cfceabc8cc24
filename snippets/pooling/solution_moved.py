import torch
from torch import nn

from dlbook import data, device

x, y = (t.to(device()) for t in data.digits())
x = nn.functional.pad(x.double(), [2] * 4)
for name, pool, s in [("strided", nn.Identity, 2), ("max", nn.MaxPool2d, 1)]:
    for seed in range(3):
        g = torch.Generator().manual_seed(seed)
        train, test = torch.randperm(len(x), generator=g).tensor_split([600])
        one = nn.Conv2d(1, 8, 3, s, 1), nn.ReLU(), pool(2)
        two = nn.Conv2d(8, 16, 3, s, 1), nn.ReLU(), pool(2)
        net = nn.Sequential(*one, *two, nn.Flatten(), nn.Linear(144, 10))
        for p in net.to(x).parameters():
            p.data.uniform_(-0.2, 0.2, generator=g)
        step = torch.optim.Adam(net.parameters(), lr=0.01)
        for i in range(200):
            batch = train[torch.randint(600, (32,), generator=g)]
            moved = x[batch].roll(i % 5 - 2, dims=3)  # by -2 to 2 pixels
            step.zero_grad()
            nn.functional.cross_entropy(net(moved), y[batch]).backward()
            step.step()
        wrong = [net(x[test].roll(t, 3)).argmax(1) != y[test] for t in (0, 2)]
        print(name, *(f"{100 * w.double().mean():.0f} %" for w in wrong))
