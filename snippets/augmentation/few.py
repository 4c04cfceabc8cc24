# about two minutes
from dlbook import device
from dlbook.augmentation import in_turn, random_crop, random_flip
from dlbook.datasets import load, pixels
from dlbook.experiment import Competitor, Data, Part, compare, split
from dlbook.lenet import LeNet

train, test = (Part(pixels(x).to(device()), y.to(device()))
               for x, y in load("fashion-small")[1:3])


def few(seed):  # 200 to learn from, 400 to choose by, 1000 to report
    drawn = split(*train, seed, validation=400, test=4400)
    return Data(drawn.train, drawn.validation, test)


def moved(x, generator):
    return random_crop(x, 28, generator, padding=2)


ways = {"none": None, "flip": random_flip, "crop": moved}
ways["both"] = in_turn(random_flip, moved)
nets = {n: Competitor(LeNet, how={"augment": a}) for n, a in ways.items()}
print(compare(nets, few, steps=300, seeds=range(5), batch=16, every=30,
              rates=(1e-3, 3e-3, 1e-2), together=False))
