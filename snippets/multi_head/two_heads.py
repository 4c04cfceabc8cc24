# --8<-- [start:net]
import torch
from torch import nn

from dlbook.attention import MultiHeadAttention


class Neighbours(nn.Module):
    """For each digit on a ring of 8: who stands left, who right?"""

    def __init__(self, g, heads, *hidden):
        super().__init__()
        self.digits = nn.Parameter(torch.randn(10, 32, generator=g))
        self.places = nn.Parameter(torch.randn(8, 32, generator=g))
        self.attend = MultiHeadAttention(32, heads, generator=g)
        last = nn.Linear(64 if hidden else 32, 20)
        self.read = nn.Sequential(*hidden, last)

    def forward(self, ring):
        scores = self.read(self.attend(self.digits[ring] + self.places))
        return scores.unflatten(-1, (2, 10)).movedim(-1, 1)


def rings(count, g):
    ring = torch.randint(10, (count, 8), generator=g)
    return ring, torch.stack([ring.roll(1, 1), ring.roll(-1, 1)], -1)
# --8<-- [end:net]


# --8<-- [start:compare]
# about a minute
import matplotlib.pyplot as plt

from dlbook.experiment import Data, compare

g = torch.Generator().manual_seed(0)
data = Data(*(rings(count, g) for count in (4000, 400, 400)))
nets = {"one head": lambda generator: Neighbours(generator, 1),
        "two heads": lambda generator: Neighbours(generator, 2),
        "one head, hidden layer": lambda generator: Neighbours(
            generator, 1, nn.Linear(32, 64), nn.ReLU())}
result = compare(nets, data, steps=500, batch=16, rates=(0.001, 0.003, 0.01))
print(result)
net = result.entrants["two heads"].network(0)
weights = net.attend.weights(net.digits[data.test.x] + net.places)
_, axes = plt.subplots(1, 2, figsize=(5, 2.3))
for ax, a in zip(axes, weights.mean(0).detach(), strict=True):
    ax.imshow(a.numpy(), vmin=0, vmax=1)
    ax.set(xlabel="looks at place", ylabel="place")
plt.show()
# --8<-- [end:compare]
