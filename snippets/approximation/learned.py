# --8<-- [start:start]
import torch

from dlbook.data import photo
from dlbook.fully_connected import MLP

row = photo("china", width=160).mean(0)[42].double()[:, None]
x = torch.linspace(0, 1, 160).double()[:, None]


def start(n, spread, seed):
    """Weights and biases of a network with n hidden units."""
    g = torch.Generator().manual_seed(seed)
    net = MLP([1, n, 1], generator=g).double()
    hidden = net.layers[0]
    if spread:  # steeper, with bends all over the row
        hidden.weight.data *= 10
        places = torch.rand(n, generator=g).double()
        hidden.bias.data = -hidden.weight.data[:, 0] * places
    return [p.detach() for p in net.parameters()]
# --8<-- [end:start]


# --8<-- [start:train]
def trained(n, spread, rate, steps=1600):
    """What five networks, side by side, make of the row after training."""
    starts = [start(n, spread, seed) for seed in range(5)]
    parts = [torch.stack(p).requires_grad_()
             for p in zip(*starts, strict=True)]
    w1, b1, w2, b2 = parts
    step = torch.optim.Adam(parts, lr=rate)
    for _ in range(steps):
        hidden = (x @ w1.mT + b1[:, None]).relu()
        drawn = hidden @ w2.mT + b2[:, None]
        step.zero_grad()
        (drawn - row).square().mean((1, 2)).sum().backward()
        step.step()
    return drawn.detach()
# --8<-- [end:train]


# --8<-- [start:compare]
# about ten seconds
import matplotlib.pyplot as plt

from dlbook.approximation import pieces
from dlbook.experiment import compare_values

built = pieces(x[::5, 0], row[::5, 0])  # through every fifth pixel
print(f"{built.sizes[1]} units, written down: off by"
      f" {(built(x) - row).abs().mean():.2f}")
plt.plot(x, row, "0.6", lw=3, label="the row")
best = {}
for spread, name in ((False, "as usual"), (True, "spread")):
    runs = [(rate, trained(128, spread, rate))
            for rate in (0.003, 0.01, 0.03, 0.1)]
    off = [(drawn - row).abs().mean((1, 2)) for _, drawn in runs]
    k = torch.stack(off).mean(1).argmin()
    best[name] = off[k]
    print(f"128 units, {name}: best η = {runs[k][0]}")
    plt.plot(x, runs[k][1][0], label=f"128 units, {name}")
print(compare_values(best, name="off by"))
plt.legend(ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1))
plt.gca().set(xlabel="x", ylabel="brightness")
plt.show()
# --8<-- [end:compare]
