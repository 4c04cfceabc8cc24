# --8<-- [start:train]
import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.gradient_descent import SGD
from dlbook.optimizers import Average

images, labels = digits()
x = images.flatten(1).double()


def losses(lr, seed, falls=False):
    """Of 600 steps of SGD, and of the average of their weights."""
    g = torch.Generator().manual_seed(seed)
    w, b = (x.new_zeros(n).requires_grad_() for n in ((64, 10), 10))
    walker, average = SGD([w, b], lr), Average([w, b], keep=0.99)
    for t in range(600):
        walker.lr = lr * (1 - t / 600 if falls else 1)
        batch = torch.randint(1797, (8,), generator=g)
        walker.zero_grad()
        cross_entropy(x[batch] @ w + b, labels[batch]).backward()
        walker.step()
        average.update()
    return [cross_entropy(x @ w + b, labels).item()
            for w, b in ((w, b), average.values)]
# --8<-- [end:train]


# --8<-- [start:rates]
from dlbook.experiment import compare_values

rates, best = [0.3, 1.0, 2.0, 4.0, 8.0], {}
tried = {"constant": [], "average": [], "falling": []}
for lr in rates:
    pairs = torch.tensor([losses(lr, seed) for seed in range(5)])
    tried["constant"].append(pairs[:, 0])
    tried["average"].append(pairs[:, 1])
    tried["falling"].append(torch.tensor(
        [losses(lr, seed, falls=True)[0] for seed in range(5)]))
for name, rows in tried.items():
    means = torch.stack(rows).mean(1)
    k = means.argmin()
    best[name] = rows[k]
    print(f"{name:8}: lowest at η = {rates[k]}, loss {means[k]:.3f};",
          "at all rates", *(f"{mean:.2f}" for mean in means))
print(compare_values(best).verdict)
# --8<-- [end:rates]
