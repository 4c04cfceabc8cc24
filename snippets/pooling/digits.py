# --8<-- [start:network]
import torch
from torch import nn

import dlbook
from dlbook.data import digits

images, labels = (t.to(dlbook.device()) for t in digits())


def network(kind, size, g):
    small, _, head = kind.partition(", ")
    pool = {"max": nn.MaxPool2d(2), "average": nn.AvgPool2d(2)}.get(small)
    shrink = [pool] if pool else []
    stride = 2 if small == "strided" else 1
    side = 1 if head else size if small == "none" else size // 4
    net = nn.Sequential(
        nn.Conv2d(1, 8, 3, stride, padding=1), nn.ReLU(), *shrink,
        nn.Conv2d(8, 16, 3, stride, padding=1), nn.ReLU(), *shrink,
        *([nn.AdaptiveMaxPool2d(1)] if head else []),
        nn.Flatten(), nn.Linear(16 * side**2, 10),
    ).double()
    for p in net.parameters():
        bound = p[0].numel() ** -0.5 if p.ndim > 1 else 0
        p.data.uniform_(-bound, bound, generator=g)
    return net.to(images.device)
# --8<-- [end:network]


# --8<-- [start:mistakes]
def mistakes(kind, seed, margin, steps):
    """Train on 600 digits; then move the others to the right and count."""
    x = nn.functional.pad(images.double(), [margin] * 4)
    g = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(x), generator=g)
    train, test = order[:600], order[600:]
    net = network(kind, x.shape[3], g)
    step = torch.optim.Adam(net.parameters(), lr=0.02)
    for _ in range(steps):
        batch = train[torch.randperm(600, generator=g)[:32]]
        step.zero_grad()
        nn.functional.cross_entropy(net(x[batch]), labels[batch]).backward()
        step.step()
    wrong = []
    with torch.no_grad():
        for shift in range(margin + 1):
            guess = net(x[test].roll(shift, dims=3)).argmax(1)
            wrong.append((guess != labels[test]).double().mean().item())
    return wrong
# --8<-- [end:mistakes]


# --8<-- [start:compare]
import matplotlib.pyplot as plt


def compare(*kinds, margin, steps):
    shifts = torch.arange(margin + 1)
    plt.figure(figsize=(5.5, 2.8))
    for number, kind in enumerate(kinds):
        wrong = [mistakes(kind, seed, margin, steps) for seed in range(5)]
        wrong = 100 * torch.tensor(wrong)
        mean, low, high = wrong.mean(0), wrong.amin(0), wrong.amax(0)
        cells = zip(mean, low, high, strict=True)
        cells = [f"{m:3.0f} ({a:.0f}-{z:.0f})" for m, a, z in cells]
        print(f"{kind:15}", *cells)
        ends = torch.stack([mean - low, high - mean]).numpy()
        at = (shifts + 0.06 * number).numpy()
        plt.errorbar(at, mean.numpy(), ends, fmt="o-", label=kind)
    plt.xticks(shifts)
    plt.xlabel("moved by, in pixels")
    plt.ylabel("wrong, in %")
    plt.legend()
    plt.show()


compare("none", "strided", "average", "max", margin=2, steps=150)
# --8<-- [end:compare]


# --8<-- [start:whole]
compare("strided, global", "max, global", margin=4, steps=100)
# --8<-- [end:whole]
