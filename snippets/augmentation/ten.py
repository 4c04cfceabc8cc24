# about half a minute
import torch

from dlbook import augmentation as au
from dlbook import device
from dlbook.datasets import load, pixels
from dlbook.experiment import Part, compare_values, fit_many, split
from dlbook.lenet import LeNet

train, test = (Part(pixels(x).to(device()), y.to(device()))
               for x, y in load("fashion-small")[1:3])
many = fit_many(
    LeNet, range(5),
    lambda seed: split(*train, seed, validation=400, test=4400),
    steps=300, rates=3e-3, batch=16, every=30, together=False,
    augment=au.in_turn(
        au.random_flip, lambda x, g: au.random_crop(x, 28, g, padding=2)))
views, found = au.ten_crop(au.framed(test.x, 2), 28), {}
for name, some in ("middle", views[4:5]), ("ten", views):
    with torch.no_grad():
        said = [au.mean_prediction(many.network(seed=s), some).argmax(1)
                for s in range(5)]
    wrong = [(y != test.y).double().mean().item() for y in said]
    found[name] = [round(100 * share, 1) for share in wrong]
print(compare_values(found, unit="points"))
