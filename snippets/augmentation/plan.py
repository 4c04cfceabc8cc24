import torch

import dlbook
from dlbook.augmentation import in_turn, random_crop, random_flip
from dlbook.datasets import load
from dlbook.lenet import LeNet
from dlbook.training import Plan, train

shifted = in_turn(random_flip, lambda x, g: random_crop(x, 28, g, padding=2))
views = []


def watched(x, generator):
    views.append(shifted(x, generator))
    return views[-1]


images = load("fashion-small").train
net = LeNet(generator=torch.Generator().manual_seed(0)).to(dlbook.device())
plan = Plan(epochs=2, batch=1000, augment=watched)
print("epochs:", [news.number for news in train(net, images, plan)])
print(f"images: {len(images.y)}, views seen: {sum(map(len, views))}")
rows = torch.cat(views).flatten(1).cpu()
print("different views:", len(rows.unique(dim=0)))
