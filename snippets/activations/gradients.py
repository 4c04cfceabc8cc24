# --8<-- [start:measure]
import torch

import dlbook
from dlbook.data import digits

images, labels = (t[:200].to(dlbook.device()) for t in digits())
x = images.flatten(1).double()
x = (x - x.mean(0)) / x.std()


def gradient_norms(activation, gain, seeds=5, depth=20, width=64):
    """Size of the gradient of each layer's weights: layers by seeds."""
    g, layers = torch.Generator().manual_seed(0), []
    for n_out in [width] * depth + [10]:
        w = torch.randn(seeds, n_out, width, dtype=x.dtype, generator=g)
        w = w * (gain / width) ** 0.5  # variance gain / width
        layers.append(w.to(x.device).requires_grad_())
    h = x
    for w in layers[:-1]:
        h = activation(h @ w.mT)
    scores = (h @ layers[-1].mT).flatten(0, 1)
    loss = torch.nn.functional.cross_entropy(scores, labels.repeat(seeds))
    slopes = torch.autograd.grad(seeds * loss, layers[:-1])
    return torch.stack([s.norm(dim=(1, 2)) for s in slopes]).cpu()
# --8<-- [end:measure]


# --8<-- [start:plot]
import matplotlib.pyplot as plt

from dlbook.activations import relu, sigmoid, tanh

plt.figure(figsize=(5.5, 2.8))
kinds = {"sigmoid": (sigmoid, 1), "tanh": (tanh, 1), "ReLU": (relu, 2)}
for i, (name, (activation, gain)) in enumerate(kinds.items()):
    norms = gradient_norms(activation, gain)
    share = norms[0] / norms[-1]
    print(f"{name}: layer 1 gets {share.min():.0e} to {share.max():.0e}",
          f"of layer 20, {(share.mean() ** (1 / 19)):.2f} per layer")
    plt.semilogy(range(1, 21), norms.numpy(), color=f"C{i}", lw=1)
    plt.plot([], [], color=f"C{i}", label=name)
plt.legend()
plt.gca().set(xlabel="layer", ylabel="size of the gradient",
              xticks=[1, 5, 10, 15, 20])
plt.show()
# --8<-- [end:plot]
