# --8<-- [start:network]
import torch
from torch.nn.functional import cross_entropy

import dlbook
from dlbook.data import digits

images, labels = (t.to(dlbook.device()) for t in digits())
x = images.flatten(1).double()
order = torch.randperm(len(x), generator=torch.Generator().manual_seed(0))
train, test = order[:1200], order[1200:]


def network(g, seeds=10, width=64):
    """Ten networks with one hidden layer: weights and biases."""
    parts = []
    for n_in, n_out in ((64, width), (width, 10)):
        w = torch.randn(seeds, n_out, n_in, dtype=x.dtype, generator=g)
        parts += [w * (2 / n_in) ** 0.5, torch.zeros(seeds, 1, n_out)]
    return [p.to(x).requires_grad_() for p in parts]


def run(inputs, parts, activation):
    w1, b1, w2, b2 = parts
    z = inputs @ w1.mT + b1
    return z, activation(z) @ w2.mT + b2
# --8<-- [end:network]


# --8<-- [start:learn]
def learn(activation, size, too_long=20, steps=200):
    """Steps of `size` at first, of 0.1 after; which units are silent."""
    g = torch.Generator().manual_seed(1)
    parts, silent = network(g), []
    for step in range(steps + 1):
        if step % 5 == 0:
            with torch.no_grad():
                z, _ = run(x[train], parts, activation)
            silent.append((z <= 0).all(1).cpu())  # on all 1200 digits
        batch = train[torch.randint(0, 1200, (10, 64), generator=g)]
        _, scores = run(x[batch], parts, activation)
        loss = cross_entropy(
            scores.flatten(0, 1), labels[batch].flatten(), reduction="sum")
        slopes = torch.autograd.grad(loss / 64, parts)
        with torch.no_grad():
            for p, slope in zip(parts, slopes, strict=True):
                p -= (size if step < too_long else 0.1) * slope
    _, scores = run(x[test], parts, activation)
    wrong = (scores.argmax(-1) != labels[test]).double().mean(1).cpu()
    return torch.stack(silent), 100 * wrong
# --8<-- [end:learn]


# --8<-- [start:compare]
import matplotlib.pyplot as plt
from torch.nn.functional import leaky_relu, relu

runs = {
    "ReLU, steps of 0.1": (relu, 0.1, "C2"),
    "ReLU, steps of 1.5": (relu, 1.5, "C0"),
    "leak 0.01, steps of 1.5": (leaky_relu, 1.5, "C1"),
    "leak 0.1, steps of 1.5": (lambda z: leaky_relu(z, 0.1), 1.5, "C3"),
}
results = {name: learn(*run[:2]) for name, run in runs.items()}
for name, (silent, wrong) in results.items():
    counts, steps, color = silent.sum(-1), range(0, 201, 5), runs[name][2]
    print(f"{name}: silent {counts[-1].min()} to {counts[-1].max()} of 64,")
    back = (silent[4] & ~silent[-1]).sum()
    print(f"   back since step 20: {back} of {silent[4].sum()} in all ten")
    print(f"   wrong in %: median {wrong.median():.1f},",
          f"{wrong.min():.1f} to {wrong.max():.1f}")
    if "leak" in name:
        better = (wrong < results["ReLU, steps of 1.5"][1]).sum()
        print(f"   better than ReLU in {better} of 10")
    plt.plot(steps, counts.numpy(), color=color, lw=0.5)
    plt.plot(steps, counts.double().mean(1).numpy(), color=color, label=name)
plt.legend()
plt.gca().set(xlabel="step", ylabel="silent units, of 64", ylim=(0, 75))
plt.show()
# --8<-- [end:compare]
