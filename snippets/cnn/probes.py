# --8<-- [start:probe]
import torch
from torch import nn

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.experiment import compare_values, fit_many, split
from dlbook.fully_connected import Linear

data = split(*(t.to(dlbook.device()) for t in digits()), seed=0, test=797)


@torch.no_grad()
def probe(net):
    """The best linear scores behind it, by least squares: percent wrong."""
    both = [net(part.x).flatten(1) for part in (data.train, data.test)]
    f, test = (nn.functional.pad(z.double(), (0, 1), value=1) for z in both)
    square = f.T @ f + 0.1 * torch.eye(f.shape[1]).to(f)
    target = f.T @ torch.eye(10).to(f)[data.train.y]
    answers = (test @ torch.linalg.solve(square, target)).argmax(1)
    return 100 * (answers != data.test.y).double().mean().item()
# --8<-- [end:probe]


# --8<-- [start:compare]
# about ten seconds
layers = {"conv": nn.Conv2d, "pool": nn.MaxPool2d, "linear": nn.Linear}


def make(generator):
    return CNN((1, 8, 8), [8, 16], [10], generator=generator, **layers)


many = fit_many(make, range(10), data, steps=1000, rates=0.01)
miss = {f"{n}, {how}": [] for n in (1, 2) for how in ("random", "trained")}
miss["dense 128"] = []  # 128 numbers, as many as one block gives
for seed in range(10):
    g = torch.Generator().manual_seed(seed)
    for how, net in ("random", make(g)), ("trained", many.network(0, seed)):
        miss[f"1, {how}"].append(probe(net.features[:3]))
        miss[f"2, {how}"].append(probe(net.features))
    wide = Linear(64, 128, generator=g), nn.ReLU()
    miss["dense 128"].append(probe(nn.Sequential(nn.Flatten(), *wide)))
print(f"pixels: {probe(nn.Identity()):.1f} points wrong")
for names in (["1, random", "1, trained", "dense 128"],
              ["2, random", "2, trained"]):
    print(compare_values({name: miss[name] for name in names},
                         unit="points", name="blocks", against=names[0]))
# --8<-- [end:compare]
