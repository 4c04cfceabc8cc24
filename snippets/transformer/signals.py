import matplotlib.pyplot as plt
import torch

from dlbook.transformer import Encoder

_, axes = plt.subplots(1, 2, figsize=(5.5, 2.9))
for place in "after", "before":
    runs = []
    for seed in range(5):
        g = torch.Generator().manual_seed(seed)
        model = Encoder(32, 4, 64, 24, norm=place, generator=g)
        (x, way), found = torch.randn(2, 8, 32, generator=g), []
        for layer in model.layers:
            x = layer(x)
            found.append((x - x.mean(0)).norm() / x.norm())
        (model.norm(x) * way).sum().backward()
        for layer in model.layers:
            query = layer.attention.layer.query
            found.append(query.weight.grad.norm())
        runs.append(torch.stack(found).detach())
    both = torch.stack(runs).median(0).values.split(24)
    axes[0].semilogy(range(1, 25), both[0], label=f"norm {place}")
    axes[1].semilogy(range(1, 25), both[1])
    print(f"norm {place:6} in layer 24: {both[0][-1]:.0e} {both[1][-1]:.0e}")
axes[0].set(xlabel="layer", title="how much words differ")
axes[1].set(xlabel="layer", title="slope of the queries")
axes[0].legend()
plt.show()
