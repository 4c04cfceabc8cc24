# --8<-- [start:nets]
import torch
from torch import nn
from torch.nn.functional import pad

import dlbook
from dlbook.cnn import CNN, hidden_width, layer_table
from dlbook.data import digits
from dlbook.fully_connected import MLP, count_parameters
from dlbook.training import fit, wrong

x, y = (t.to(dlbook.device()) for t in digits())
x, shape = pad(x.double(), [2] * 4), (1, 12, 12)
layers = {"conv": nn.Conv2d, "pool": nn.MaxPool2d, "linear": nn.Linear}
cnn = CNN(shape, [8, 16], [10], **layers)
work = sum(r.multiply_adds for r in layer_table(cnn, torch.zeros(1, *shape)))
equal = hidden_width(count_parameters(cnn), 144, 10)  # as many parameters
wide = work // (144 + 10)  # as many multiply-adds
# --8<-- [end:nets]


# --8<-- [start:train]
def percent_wrong(width, most, seed):
    """Digits up to `most` pixels off the middle; no width means the CNN."""
    g = torch.Generator().manual_seed(seed)
    train, test = torch.randperm(len(x), generator=g).split([1000, 797])
    by = torch.randint(-most, most + 1, (len(x), 2), generator=g).tolist()
    moved = [pad(z, (j, -j, i, -i)) for z, (i, j) in zip(x, by, strict=True)]
    z = torch.stack(moved)
    net = nn.Sequential(nn.Flatten(), MLP([144, width or 1, 10], generator=g))
    if width is None:
        net = CNN(shape, [8, 16], [10], generator=g, **layers)
    fit(net.to(x), z[train], y[train], steps=150, generator=g)
    count, miss = count_parameters(net), wrong(net, z[test], y[test])
    return count, 100 * miss.double().mean().item()
# --8<-- [end:train]


# --8<-- [start:compare]
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(5.5, 2.6))
nets = {"CNN": None, f"dense, {equal}": equal, f"dense, {wide}": wide}
for place, (name, width) in enumerate(nets.items()):
    for at, most in enumerate([0, 2]):
        runs = [percent_wrong(width, most, seed) for seed in range(5)]
        count, miss = runs[0][0], [percent for _, percent in runs]
        task = f"moved by up to {most}:" if most else "in the middle:"
        print(f"{name:10} {count:6,} parameters, {task:16}",
              *(f"{m:2.0f}" for m in miss), "% wrong")
        look = {"color": f"C{place}", "label": None if at else name}
        ax.plot([at + 0.2 * place - 0.2] * 5, miss, "o", alpha=0.5, **look)
ax.set_xticks([0, 1], ["all in the middle", "moved by up to 2 pixels"])
ax.set(ylabel="wrong, in %", ylim=(0, 65), xlim=(-0.5, 1.5))
ax.legend(loc="upper left")
plt.show()
# --8<-- [end:compare]
