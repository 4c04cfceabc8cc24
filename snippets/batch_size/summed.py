import torch
from torch.nn.functional import cross_entropy

import dlbook
from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = (t.to(dlbook.device()) for t in digits())
x = x.flatten(1).double()
for reduction, rate in {"mean": 0.64, "sum": 0.02}.items():
    ends = []
    for batch in (8, 32, 128, 512):
        rng = torch.Generator().manual_seed(0)
        net = MLP([64, 32, 10], generator=rng).to(x)
        sgd = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(100):
            part = torch.randint(1797, (batch,), generator=rng)
            sgd.zero_grad()
            loss = cross_entropy(net(x[part]), y[part], reduction=reduction)
            loss.backward()
            sgd.step()
        ends.append(f"{cross_entropy(net(x), y).item():.1f} at {batch}")
    print(f"{reduction}, rate {rate}: loss", ", ".join(ends))
