import torch
from torch.nn.functional import cross_entropy

import dlbook
from dlbook.data import digits
from dlbook.normalization import BatchNorm, chain

x, y = (t.to(dlbook.device()) for t in digits())
x = x.flatten(1)
generator = torch.Generator().manual_seed(0)
net = chain([64, 32, 32, 10], BatchNorm, generator=generator).to(x.device)
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
for part in torch.arange(640, device=x.device).split(64):  # ten steps
    optimizer.zero_grad()
    cross_entropy(net(x[part]), y[part]).backward()
    optimizer.step()
with torch.no_grad():
    for passes in 0, 5, 50:
        for _ in range(passes):
            net.train()(x)  # moves the averages, though nothing is learned
        loss = cross_entropy(net.eval()(x), y).item()
        print(f"in testing, after {passes:2} more passes: loss {loss:.2f}")
    print(f"in training: loss {cross_entropy(net.train()(x), y).item():.2f}")
