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

rates = [0.1, 0.3, 1, 2]
for i, size in enumerate([1797, 200, 20, 4]):
    losses = torch.tensor([[train(size, lr, seed) for seed in range(3)]
                           for lr in rates])  # a row per rate
    plt.loglog(rates, losses, ".", color=f"C{i}")
    plt.loglog(rates, losses.mean(1), color=f"C{i}", label=f"B = {size}")
    best = losses[losses.mean(1).argmin()]
    print(f"B = {size:4}: {3 * -(-1797 // size):4} updates, loss",
          f"{best.mean():.2f}, {best.min():.2f} to {best.max():.2f}")
plt.xlabel("learning rate")
plt.ylabel("loss")
plt.legend(loc="lower left")
plt.show()
# --8<-- [end:sizes]
