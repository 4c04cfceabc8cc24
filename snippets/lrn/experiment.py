# --8<-- [start:train]
import torch
from sklearn.datasets import load_digits
from torch import nn

import dlbook

digits = load_digits()
x = torch.tensor(digits.images)[:, None].to(dlbook.device()) / 16
y = torch.tensor(digits.target).to(dlbook.device())


def network(norm, g):
    net = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), norm(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), norm(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64, 10),
    ).double()
    for p in net.parameters():
        bound = p[0].numel() ** -0.5 if p.ndim > 1 else 0
        p.data.uniform_(-bound, bound, generator=g)
    return net.to(x.device)
# --8<-- [end:train]


# --8<-- [start:mistakes]
def mistakes(norm, seed):
    """Train on 600 digits; count the wrong ones among the rest."""
    g = torch.Generator().manual_seed(seed)  # the same for every norm
    net = network(norm, g)
    order = torch.randperm(len(x), generator=g)
    train, test = order[:600], order[600:]
    step = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(100):
        batch = train[torch.randperm(600, generator=g)[:32]]
        step.zero_grad()
        nn.functional.cross_entropy(net(x[batch]), y[batch]).backward()
        step.step()
    with torch.no_grad():
        return (net(x[test]).argmax(1) != y[test]).sum().item()
# --8<-- [end:mistakes]


# --8<-- [start:compare]
import matplotlib.pyplot as plt

from dlbook.lrn import LocalResponseNorm

norms = {
    "none": nn.Identity,
    "constant": lambda: LocalResponseNorm(alpha=0),
    "paper": LocalResponseNorm,
    "alpha=1": lambda: LocalResponseNorm(alpha=1),
}
wrong = {name: [mistakes(norm, seed) for seed in range(5)]
         for name, norm in norms.items()}
percent = 100 * torch.tensor(list(wrong.values())) / (len(x) - 600)
for name, values in zip(norms, percent, strict=True):
    print(f"{name:9} {values.mean():.1f} % wrong, from {values.min():.1f} to"
          f" {values.max():.1f}; better than none:",
          int((values < percent[0]).sum()), "of 5 seeds")

plt.figure(figsize=(5.5, 2.4))
plt.plot(percent.numpy(), "o-", color="0.7")
plt.plot(percent.mean(1).numpy(), "D", color="C1")
plt.xticks(range(4), norms)
plt.ylabel("wrong, in %")
plt.show()
# --8<-- [end:compare]
