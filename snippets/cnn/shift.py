# --8<-- [start:nets]
import torch
from torch import nn
from torch.nn.functional import pad

import dlbook
from dlbook.cnn import CNN, hidden_width
from dlbook.data import digits
from dlbook.fully_connected import MLP, count_parameters
from dlbook.training import fit, wrong

x, y = (t.to(dlbook.device()) for t in digits())
canvas, shape = pad(4 * x.double(), [4] * 4), (1, 16, 16)
layers = {"conv": nn.Conv2d, "pool": nn.MaxPool2d, "linear": nn.Linear}


def cnn(g):
    return CNN(shape, [8, 16], [10], generator=g, **layers)


def dense(g):
    width = hidden_width(count_parameters(cnn(None)), 256, 10)
    return nn.Sequential(nn.Flatten(), MLP([256, width, 10], generator=g))
# --8<-- [end:nets]


# --8<-- [start:train]
def percent_wrong(make, seed):
    """Train with the digits in the middle; test them 0 to 4 pixels off."""
    g = torch.Generator().manual_seed(seed)
    train, test = torch.randperm(len(x), generator=g).split([1000, 797])
    net = make(g).to(canvas)
    fit(net, canvas[train], y[train], generator=g)
    moved = [pad(canvas[test], (s, -s)) for s in range(5)]
    return [100 * wrong(net, z, y[test]).double().mean() for z in moved]
# --8<-- [end:train]


# --8<-- [start:compare]
import matplotlib.pyplot as plt


def compare(*makes, colour):
    plt.figure(figsize=(5.5, 2.6))
    for number, make in enumerate(makes, colour):
        rows = [percent_wrong(make, seed) for seed in range(5)]
        rows, name = torch.tensor(rows).T, make.__name__
        cells = zip(rows.mean(1), rows.amin(1), rows.amax(1), strict=True)
        cells = [f"{m:2.0f} ({a:.0f}-{z:.0f})" for m, a, z in cells]
        print(f"{name:5} {count_parameters(make(None)):,}:", *cells)
        plt.plot(rows, "o", color=f"C{number}", alpha=0.4, ms=4)
        plt.plot(rows.mean(1), color=f"C{number}", label=name)
    plt.gca().set(xlabel="moved by, in pixels", ylabel="wrong, in %",
                  ylim=(0, 95), xticks=range(5))
    plt.legend()
    plt.show()


compare(dense, cnn, colour=0)
# --8<-- [end:compare]


# --8<-- [start:mean]
def mean(g):  # of each map only its mean is kept: places are forgotten
    features = CNN(shape, [8, 45], [10], generator=g, **layers).features
    whole, last = nn.AdaptiveAvgPool2d(1), MLP([45, 10], generator=g)
    return nn.Sequential(features, whole, nn.Flatten(), last)


compare(mean, colour=2)
# --8<-- [end:mean]
