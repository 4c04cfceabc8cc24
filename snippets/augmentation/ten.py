import torch
from torch.nn import Flatten, Sequential

from dlbook import augmentation as au
from dlbook import device
from dlbook.datasets import load, pixels
from dlbook.experiment import compare_values, fit_many, split
from dlbook.fully_connected import MLP

data = [(pixels(x)[..., ::2, ::2].to(device()), y.to(device()))
        for x, y in load("fashion-small")[1:3]]
both = au.in_turn(
    au.random_flip, lambda x, g: au.random_crop(x, 14, g, padding=1))
many = fit_many(
    lambda generator: Sequential(
        Flatten(), MLP([196, 64, 10], generator=generator)),
    range(5), lambda s: split(*data[0], s, validation=400, test=4400),
    steps=500, rates=3e-3, augment=both)
views, found = au.ten_crop(au.framed(data[1][0], 1), 14), {}
for name, some in ("middle", views[4:5]), ("ten", views):
    with torch.no_grad():
        wrong = [au.mean_prediction(many.network(seed=s), some).argmax(1)
                 != data[1][1] for s in range(5)]
    found[name] = [round(100 * w.double().mean().item(), 1) for w in wrong]
print(compare_values(found, unit="points"))
