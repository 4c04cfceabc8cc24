# --8<-- [start:losses]
import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits

images, labels = digits()
x, truth = images.flatten(1), torch.eye(10)[labels]
losses = {"cross-entropy": cross_entropy,
          "smoothed": lambda z, t: cross_entropy(z, 0.8 * t + 0.02),
          "squared": lambda z, t: (z - t).square().sum(1).mean()}
# --8<-- [end:losses]


# --8<-- [start:wrong]
def wrong(name, seed, rate):
    """Wrong digits in percent: to choose the rate by, and of the test."""
    g = torch.Generator().manual_seed(seed)
    rows = torch.randperm(1797, generator=g).split([400, 700, 697])
    shift = torch.zeros(400, dtype=torch.int64)
    shift[:40] = torch.randint(1, 10, (40,), generator=g)  # a tenth is wrong
    told = truth[(labels[rows[0]] + shift) % 10]
    start = torch.randn(64, 74, generator=g) / 32**0.5
    w = [part.requires_grad_() for part in start.split([64, 10], 1)]
    step = torch.optim.Adam(w, lr=rate)
    for _ in range(100):
        loss = losses[name]((x[rows[0]] @ w[0]).relu() @ w[1], told)
        step.zero_grad()
        loss.backward()
        step.step()
    miss = ((x @ w[0]).relu() @ w[1]).argmax(1) != labels
    return [100 * miss[part].double().mean().item() for part in rows[1:]]
# --8<-- [end:wrong]


# --8<-- [start:compare]
# about fifteen seconds
from dlbook.experiment import compare_values

found = {name: [] for name in losses}
for name, tests in found.items():
    for seed in range(5):
        rates = 0.001, 0.003, 0.01, 0.03
        tests.append(min(wrong(name, seed, rate) for rate in rates)[1])
print(compare_values(found, unit="points", name="wrong digits",
                     against="cross-entropy"))
# --8<-- [end:compare]
