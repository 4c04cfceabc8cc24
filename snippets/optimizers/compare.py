# --8<-- [start:train]
import torch
from torch import nn

from dlbook.data import digits

images, labels = digits()
x = images.flatten(1).double()


def train(maker, lr, seed):
    """150 small batches; the loss on all digits after them."""
    g = torch.Generator().manual_seed(seed)
    layers = nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 10)
    net = nn.Sequential(*layers).double()
    for p in net.parameters():
        p.data.uniform_(-0.15, 0.15, generator=g)
    walker = maker(net.parameters(), lr)
    for _ in range(150):
        batch = torch.randint(1797, (32,), generator=g)
        walker.zero_grad()
        nn.functional.cross_entropy(net(x[batch]), labels[batch]).backward()
        walker.step()
    with torch.no_grad():
        return nn.functional.cross_entropy(net(x), labels).item()
# --8<-- [end:train]


# --8<-- [start:rates]
import matplotlib.pyplot as plt

from dlbook.experiment import compare_values
from dlbook.gradient_descent import SGD, Adam

makers, best = {"plain": (SGD, 3.0), "Adam": (Adam, 0.1), "momentum": (
    lambda params, lr: SGD(params, lr, momentum=0.9), 0.3)}, {}
for i, (name, (maker, largest)) in enumerate(makers.items()):
    rates = [largest / 10 ** (k / 2) for k in range(5)]
    losses = torch.tensor([[train(maker, lr, seed) for seed in range(5)]
                           for lr in rates]).clamp(max=9)  # what has blown up
    plt.loglog(rates, losses, ".", color=f"C{i}")
    plt.loglog(rates, losses.mean(1), color=f"C{i}", label=name)
    k = losses.mean(1).argmin()
    best[name] = losses[k]
    print(f"{name:8}: best at η = {rates[k]:.2g}, loss",
          f"{losses[k].mean():.2f}")
print(compare_values(best).verdict)
plt.xlabel("learning rate")
plt.ylabel("loss")
plt.legend()
plt.show()
# --8<-- [end:rates]
