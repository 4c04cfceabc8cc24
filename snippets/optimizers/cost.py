import torch
from torch import nn

net = nn.Sequential(nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 10))
weights = sum(p.numel() for p in net.parameters())
print(f"parameters: {weights:,}")
makers = torch.optim.SGD, torch.optim.SGD, torch.optim.Adam
for maker, how in zip(makers, [{}, {"momentum": 0.9}, {}], strict=True):
    walker = maker(net.parameters(), lr=0.01, **how)
    net(torch.ones(1, 64)).sum().backward()
    walker.step()
    kept = [t for memory in walker.state.values() for t in memory.values()]
    numbers = sum(t.numel() for t in kept if torch.is_tensor(t) and t.ndim)
    print(f"{maker.__name__:4} {how}: remembers {numbers:,} numbers,",
          f"{numbers // weights} for each parameter")
