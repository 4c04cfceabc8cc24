# --8<-- [start:setup]
from functools import partial

import torch
from torch.nn import Flatten, Sequential

from dlbook import device
from dlbook.augmentation import in_turn, random_crop, random_flip
from dlbook.datasets import load, pixels
from dlbook.experiment import Competitor, Data, Part, compare, split
from dlbook.fully_connected import MLP

train, test = (Part(pixels(x)[..., ::2, ::2].to(device()), y.to(device()))
               for x, y in load("fashion-small")[1:3])


def few(seed, far):  # 200 to learn from, 400 to choose by, 1000 to report
    part = split(*train, seed, validation=400, test=4400)
    rng = torch.Generator().manual_seed(seed)
    new = [Part(random_crop(x, 14, rng, padding=far), y)
           for x, y in (part.validation, test)]
    return Data(part.train, *new)


# --8<-- [end:setup]
# --8<-- [start:measure]
# about two minutes
def make(generator):
    return Sequential(Flatten(), MLP([196, 64, 10], generator=generator))


def moved(x, generator):
    return random_crop(x, 14, generator, padding=1)


ways = {"none": None, "flip": random_flip, "crop": moved}
ways["both"] = in_turn(random_flip, moved)
nets = {n: Competitor(make, how={"augment": a}) for n, a in ways.items()}
for name, far in ("new pictures as they are", 0), ("moved by up to 1", 1):
    result = compare(
        nets, partial(few, far=far), steps=1000, seeds=range(8), batch=32,
        rates=(1e-3, 3e-3, 1e-2), against="none")
    print(f"{name}\n{result}\n")
# --8<-- [end:measure]
