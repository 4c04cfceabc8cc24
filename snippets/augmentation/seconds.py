from timeit import repeat

import torch
from torch.nn.functional import cross_entropy

from dlbook import device
from dlbook.augmentation import in_turn, random_crop, random_flip
from dlbook.lenet import LeNet

rng = torch.Generator().manual_seed(0)
x = torch.rand(256, 1, 28, 28, generator=rng).to(device())
y = torch.randint(10, (256,), generator=rng).to(device())
net = LeNet(generator=rng).to(device())
both = in_turn(random_flip, lambda x, g: random_crop(x, 28, g, padding=2))
ways = {
    "one by one": lambda: [both(x[[i]], rng) for i in range(256)],
    "at once": lambda: both(x, rng),
    "a training step": lambda: cross_entropy(net(x), y).backward(),
}
times = {name: min(repeat(way, number=1)) for name, way in ways.items()}
for name, seconds in times.items():
    print(f"{name:16} {1000 * seconds:6.1f} ms")
print("at once is faster:", times["at once"] < times["one by one"])
print("and less than a step:", times["at once"] < times["a training step"])
