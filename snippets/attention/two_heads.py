# --8<-- [start:net]
import torch
from torch import nn

import dlbook
from dlbook.attention import MultiHeadAttention


class Neighbours(nn.Module):
    """For each digit on a ring of 8: who stands left, who right?"""

    def __init__(self, heads, g):
        super().__init__()
        self.digits = nn.Parameter(torch.randn(10, 32, generator=g))
        self.places = nn.Parameter(torch.randn(8, 32, generator=g))
        self.attend = MultiHeadAttention(32, heads, generator=g)
        self.read = nn.Parameter(torch.randn(32, 20, generator=g) / 32**0.5)

    def forward(self, ring):
        x = self.digits[ring] + self.places
        scores = self.attend(x) @ self.read  # 10 for left, 10 for right
        return scores.unflatten(-1, (2, 10)), self.attend.weights(x)
# --8<-- [end:net]


# --8<-- [start:train]
def rings(count, g):
    ring = torch.randint(10, (count, 8), generator=g).to(dlbook.device())
    return ring, torch.stack([ring.roll(1, 1), ring.roll(-1, 1)], -1)


def train(heads, seed):
    g = torch.Generator().manual_seed(seed)
    net = Neighbours(heads, g).double().to(dlbook.device())
    step = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(150):
        ring, answer = rings(16, g)
        scores = net(ring)[0].flatten(0, 2)
        step.zero_grad()
        nn.functional.cross_entropy(scores, answer.flatten()).backward()
        step.step()
    with torch.no_grad():
        ring, answer = rings(400, g)
        scores, weights = net(ring)
        hit = (scores.argmax(-1) == answer).double().mean((0, 1))
        return hit.cpu(), weights.mean(0).cpu()
# --8<-- [end:train]


# --8<-- [start:compare]
import matplotlib.pyplot as plt

maps = []
for heads in (1, 2):
    for seed in range(4):
        hit, weights = train(heads, seed)
        print(f"heads {heads}, seed {seed}: left found {hit[0]:.1f},"
              f" right found {hit[1]:.1f}, mean {hit.mean():.2f}")
        maps += list(weights) if seed == 0 else []
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.3), sharey=True)
names = ["the only head", "head 1 of 2", "head 2 of 2"]
for ax, name, a in zip(axes, names, maps, strict=True):
    ax.imshow(a.numpy(), vmin=0, vmax=1)
    ax.set(title=name, xlabel="looks at place")
axes[0].set_ylabel("place")
plt.show()
# --8<-- [end:compare]
