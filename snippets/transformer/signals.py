# --8<-- [start:measure]
import torch

from dlbook.transformer import Encoder


def signals(place, seed):
    """After each of 24 layers: difference of words, slope of queries."""
    g = torch.Generator().manual_seed(seed)
    model = Encoder(32, 4, 64, 24, norm=place, generator=g)
    x, direction = torch.randn(2, 8, 32, generator=g)
    differences = []
    for layer in model.layers:
        x = layer(x)
        differences.append((x - x.mean(0)).norm() / x.norm())
    (model.norm(x) * direction).sum().backward()
    queries = [layer.attention.layer.query for layer in model.layers]
    slopes = [query.weight.grad.norm() for query in queries]
    return torch.stack(differences).detach(), torch.stack(slopes)
# --8<-- [end:measure]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

_, axes = plt.subplots(1, 2, figsize=(5.5, 2.9))
for place in "after", "before":
    runs = [torch.stack(signals(place, seed)) for seed in range(5)]
    differ, slope = torch.stack(runs).median(0).values
    axes[0].semilogy(range(1, 25), differ, label=f"norm {place}")
    axes[1].semilogy(range(1, 25), slope)
    print(f"norm {place:6} in layer 24: words differ by {differ[-1]:.0e},"
          f" slope {slope[-1]:.0e}")
axes[0].set(xlabel="layer", title="how much words differ")
axes[1].set(xlabel="layer", title="slope of the queries")
axes[0].legend()
plt.show()
# --8<-- [end:draw]
