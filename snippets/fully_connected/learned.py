# --8<-- [start:train]
import torch

from dlbook.data import photo
from dlbook.fully_connected import MLP

row = photo("china", width=160).mean(0)[42].double()[:, None]
x = torch.linspace(0, 1, 160).double()[:, None]


def trained(n, seed):
    """A network with n hidden units, trained on the row of the photo."""
    net = MLP([1, n, 1], generator=torch.Generator().manual_seed(seed))
    step = torch.optim.Adam(net.double().parameters(), lr=0.01)
    for _ in range(400):
        step.zero_grad()
        (net(x) - row).square().mean().backward()
        step.step()
    return net
# --8<-- [end:train]


# --8<-- [start:compare]
import matplotlib.pyplot as plt

from dlbook.fully_connected.approximation import pieces

built = pieces(x[::5, 0], row[::5, 0])  # through every fifth pixel
print(f"{built.sizes[1]:3} units, written down: off by"
      f" {(built(x) - row).abs().mean():.2f}")
for n in (8, 32, 128):
    nets = [trained(n, seed) for seed in range(5)]
    off = [(net(x) - row).abs().mean().item() for net in nets]
    print(f"{n:3} units, trained: off by {min(off):.2f} to {max(off):.2f}")
plt.plot(x, row, "C1", label="the row")
plt.plot(x, nets[0](x).detach(), "C0", label="128 units, trained")
plt.legend()
plt.show()
# --8<-- [end:compare]
