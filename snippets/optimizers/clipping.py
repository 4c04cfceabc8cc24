import torch
from torch import nn
from torch.nn.functional import cross_entropy

from dlbook.data import digits

x, y = digits()
x = x.flatten(1)


def lengths(clip, steps=600):
    """The length of the gradient at each step, before it is clipped."""
    g = torch.Generator().manual_seed(0)
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 10))
    walker = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    for _ in range(steps):
        batch = torch.randint(1797, (32,), generator=g)
        walker.zero_grad()
        cross_entropy(net(x[batch]), y[batch]).backward()
        yield nn.utils.clip_grad_norm_(net.parameters(), clip).item()
        walker.step()


for clip in (float("inf"), 4, 1, 0.1):
    found = torch.tensor(list(lengths(clip)))
    acts = (found > clip).int().view(6, 100).sum(1).tolist()
    print(f"clip at {clip:3}: median length {found.median():.2f}, greatest",
          f"{found.max():.1f}; acts per 100 steps {acts}")
