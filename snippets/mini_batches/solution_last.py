# --8<-- [start:wrong]
import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits

x = torch.cat([digits()[0].flatten(1), torch.ones(1797, 1)], 1)
y, rates = digits()[1], (0.1, 0.3, 1, 3, 10, 30)
weights = {"full weight": lambda n: 1, "by size": lambda n: n / 64,
           "dropped": lambda n: n // 64}  # for a part of n


def wrong(epochs, rate, weight, seed):
    g, w = torch.Generator().manual_seed(seed), torch.zeros(65, 10)
    for _ in range(epochs):
        for part in torch.randperm(705, generator=g).split(64):
            loss = cross_entropy(x[part] @ w.requires_grad_(), y[part])
            step = rate * weight(len(part)) * torch.autograd.grad(loss, w)[0]
            w = w.detach() - step
    missed = 100.0 * ((x @ w).argmax(1) != y)
    return missed[705:1000].mean(), missed[1000:].mean()  # choose, report
# --8<-- [end:wrong]


# --8<-- [start:compare]
# about a minute
from dlbook.experiment import compare_values

for epochs in (30, 120):
    found = {}
    for name, weight in weights.items():
        runs = torch.tensor([[wrong(epochs, rate, weight, seed)
                              for seed in range(5)] for rate in rates])
        best = runs[:, :, 0].mean(1).argmin()
        print(f"{epochs} epochs, {name}: η = {rates[best]}")
        found[name] = runs[best, :, 1]
    print(compare_values(found, unit="points", name="wrong"), "\n")
# --8<-- [end:compare]
