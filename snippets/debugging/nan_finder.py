# --8<-- [start:watch]
from functools import partial

from torch import nn


def watch(net, found):
    """Note each layer whose output is not finite, in the order they run."""
    def look(name, layer, inputs, output):
        bad = 1 - output.isfinite().double().mean().item()
        if bad:
            fine = all(part.isfinite().all() for part in inputs)
            state = "finite" if fine else "not finite"
            found.append(f"layer {name}, {type(layer).__name__}:"
                         f" {bad:.0%} not finite, its input {state}")

    for name, layer in net.named_modules():
        if not [*layer.children()]:
            layer.register_forward_hook(partial(look, name))
# --8<-- [end:watch]


# --8<-- [start:use]
import torch

from dlbook.data import digits


class Do(nn.Module):
    def __init__(self, what):
        super().__init__()
        self.forward = what


x = digits()[0].flatten(1)
for cause, images, inside in (
    ("none", x, nn.ReLU()),
    ("logarithm of 0", x, Do(lambda hidden: hidden.relu().log())),
    ("division by 0", (x - x.mean(0)) / x.std(0), nn.ReLU()),
    ("too large", 1e22 * x, Do(torch.square)),
):
    g = torch.Generator().manual_seed(0)
    net = nn.Sequential(nn.Linear(64, 64), inside, nn.Linear(64, 10))
    for weight in net.parameters():
        weight.data.uniform_(-0.1, 0.1, generator=g)
    watch(net, found := ["nothing found"])
    net(images)
    print(f"{cause:14}: {found[:2][-1]}")
# --8<-- [end:use]
