from time import perf_counter

import torch

import dlbook
from dlbook.data import digits
from dlbook.fully_connected import MLP
from dlbook.training import wrong

x, y = (t.to(dlbook.device()) for t in digits())
x, taken = x.flatten(1), {}
for batch, rate in {4: 0.16, 64: 0.64, 1024: 0.64}.items():  # found above
    rng = torch.Generator().manual_seed(0)
    net, steps, taken[batch] = MLP([64, 32, 10], generator=rng).to(x), 0, 0.0
    sgd = torch.optim.SGD(net.parameters(), lr=rate)
    while wrong(net, x[1100:], y[1100:]).double().mean() > 0.1:
        start, steps = perf_counter(), steps + 1
        part = torch.randint(1100, (batch,), generator=rng)
        sgd.zero_grad()
        torch.nn.functional.cross_entropy(net(x[part]), y[part]).backward()
        sgd.step()
        taken[batch] += 1000 * (perf_counter() - start)
    print(f"B = {batch}: {taken[batch] / steps:.2f} ms a step,",
          f"{taken[batch]:.0f} ms in all")
print("B = 64 is faster than B = 4:", taken[64] < taken[4])
