# --8<-- [start:healthy]
import torch
from torch import nn

from dlbook.datasets import load
from dlbook.fully_connected import MLP
from dlbook.training.doctor import examine

images = load("digits").train


def layers(*sizes):
    return MLP(sizes, generator=torch.Generator().manual_seed(0))


net = nn.Sequential(nn.Flatten(), layers(64, 64, 10))
for check, ok, saw, _ in examine(net, images):
    print("fine" if ok else "sick", check, saw.partition(": differs")[0],
          sep=" | ")
# --8<-- [end:healthy]


# --8<-- [start:sick]
import textwrap


class Do(nn.Module):
    def __init__(self, what):
        super().__init__()
        self.forward = what


flat, net = nn.Flatten(), layers(64, 64, 10)
for name, model in {
    "softmax at the end": nn.Sequential(flat, net, nn.Softmax(1)),
    "scores times 100": nn.Sequential(flat, net, Do(lambda z: 100 * z)),
    "detached": nn.Sequential(flat, layers(64, 8), Do(torch.Tensor.detach),
                              layers(8, 10)),
    "wrong shape": nn.Sequential(nn.Flatten(0), net),
}.items():
    print(f"{name}:")
    for check, ok, saw, cure in examine(model, images):
        if not ok:
            print(f"  {check}: {saw}", *textwrap.wrap(cure, 68), sep="\n    ")
# --8<-- [end:sick]
