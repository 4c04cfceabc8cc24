# --8<-- [start:network]
from itertools import pairwise

import torch
from torch.nn.functional import cross_entropy

import dlbook
from dlbook.data import digits

images, labels = (t.to(dlbook.device()) for t in digits())
x = images.flatten(1).double()
x = x - x.mean(0)


def network(depth, gain, g, seeds=5, width=32):
    """Five networks side by side: (weight, bias) of each layer."""
    layers = []
    for n_in, n_out in pairwise([64] + [width] * depth + [10]):
        w = torch.randn(seeds, n_out, n_in, dtype=x.dtype, generator=g)
        b = torch.zeros(seeds, 1, n_out, dtype=x.dtype)
        layers += [(w * (gain / n_in) ** 0.5, b)]
    return [[p.to(x.device).requires_grad_() for p in layer]
            for layer in layers]
# --8<-- [end:network]


# --8<-- [start:wrong]
def wrong(activation, gain, depth, steps=200):
    """Train on 1200 digits; how many of the others are wrong, in percent."""
    def scores(h):
        for w, b in layers[:-1]:
            h = activation(h @ w.mT + b)
        w, b = layers[-1]
        return h @ w.mT + b

    g = torch.Generator().manual_seed(0)  # the same for each activation
    order = torch.randperm(len(x), generator=g)
    layers = network(depth, gain, g)
    train, test = order[:1200], order[1200:]
    step = torch.optim.Adam([p for layer in layers for p in layer], lr=0.003)
    for _ in range(steps):
        batch = train[torch.randint(0, 1200, (5, 64), generator=g)]
        guess, right = scores(x[batch]).flatten(0, 1), labels[batch].flatten()
        step.zero_grad()
        (5 * cross_entropy(guess, right)).backward()
        step.step()
    guess = scores(x[test]).argmax(-1)
    return 100 * (guess != labels[test]).double().mean(1).cpu()
# --8<-- [end:wrong]


# --8<-- [start:compare]
import matplotlib.pyplot as plt
from torch.nn.functional import gelu, leaky_relu, relu, silu

kinds = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "ReLU": relu,
         "Leaky ReLU": leaky_relu, "SiLU": silu, "GELU": gelu}
plt.figure(figsize=(5.5, 2.8))
for depth, color, shift in ((2, "C0", -0.12), (8, "C1", 0.12)):
    print(f"{depth} hidden layers: wrong digits in %, five networks each")
    for i, (name, activation) in enumerate(kinds.items()):
        percent = wrong(activation, 2 if "LU" in name else 1, depth)
        print(f"   {name:10} {percent.min():4.1f} to {percent.max():4.1f}")
        place = torch.full((5,), i + shift)
        plt.semilogy(place.numpy(), percent.numpy(), "o", color=color, ms=5)
    plt.plot([], [], "o", color=color, label=f"{depth} hidden layers")
plt.xticks(range(6), [name.replace(" ", "\n") for name in kinds])
plt.yticks([3, 10, 30, 90], ["3", "10", "30", "90"])
plt.minorticks_off()
plt.ylabel("wrong, in %")
plt.legend()
plt.show()
# --8<-- [end:compare]
