# about a minute
from torch.nn import Flatten, Sequential

from dlbook import device
from dlbook.augmentation import random_cutout
from dlbook.data import digits
from dlbook.experiment import Competitor, Data, Part, compare, split
from dlbook.fully_connected import MLP

x, y = (part.to(device()) for part in digits())


def few(seed):  # 300 to learn from, 200 to choose by, 797 to report
    part = split(x[:1000], y[:1000], seed, validation=200, test=500)
    return Data(part.train, part.validation, Part(x[1000:], y[1000:]))


def make(generator):
    return Sequential(Flatten(), MLP([64, 64, 10], generator=generator))


ways = {"none": None, "cutout": lambda x, g: random_cutout(x, 3, g)}
print(compare(
    {n: Competitor(make, how={"augment": a}) for n, a in ways.items()}, few,
    steps=600, seeds=range(8), rates=(3e-3, 1e-2, 3e-2, 1e-1)))
