# --8<-- [start:train]
import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits

images, labels = digits()
x = torch.cat([images.flatten(1), torch.ones(1797, 1)], 1).double()


def train(size, lr, seed):
    """Three epochs from weights of 0; the loss on all digits after them."""
    g, w = torch.Generator().manual_seed(seed), torch.zeros(65, 10)
    w = w.double().requires_grad_()
    for _ in range(3):
        for batch in torch.randperm(1797, generator=g).split(size):
            loss = cross_entropy(x[batch] @ w, labels[batch])
            w.data -= lr * torch.autograd.grad(loss, w)[0]
    return cross_entropy(x @ w, labels).item()
# --8<-- [end:train]


# --8<-- [start:sizes]
import matplotlib.pyplot as plt

from dlbook.experiment import compare_values

rates, best = [0.3, 0.8, 2, 4, 8], {}
for i, size in enumerate([1797, 200, 20, 4]):
    grid = rates[:3] if size == 4 else rates  # beyond 2 it leaps about
    losses = torch.tensor([[train(size, lr, seed) for seed in range(5)]
                           for lr in grid])  # a row per rate
    k, name = losses.mean(1).argmin(), f"B = {size}"
    plt.loglog(grid, losses, ".", color=f"C{i}")
    plt.loglog(grid, losses.mean(1), color=f"C{i}", label=name)
    best[name] = losses[k]
    print(f"{name:8}: {3 * -(-1797 // size):4} updates, η = {rates[k]},",
          f"loss {best[name].mean():.2f}")
print(compare_values(best, against="B = 20").verdict)
plt.xticks(rates, rates)
plt.minorticks_off()
plt.gca().set(xlabel="learning rate", ylabel="loss", ylim=(0.08, 30))
plt.legend(loc="upper left")
plt.show()
# --8<-- [end:sizes]
