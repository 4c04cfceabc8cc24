from torch import Generator, nn

import dlbook
from dlbook.datasets import load
from dlbook.fully_connected.layers import MLP
from dlbook.training import Plan, train
from dlbook.training.recipes import Recipe, constant, nesterov, one_cycle

images = load("digits").train
for schedule in (constant, one_cycle):
    g = Generator().manual_seed(0)
    net = nn.Sequential(nn.Flatten(), MLP([64] * 5 + [10], generator=g))
    recipe = Recipe("momentum", nesterov, schedule, lr=0.2, batch=32)
    *_, last = train(net.to(dlbook.device()), images, Plan(6, recipe=recipe))
    print(f"{schedule.__name__:9} after 6 epochs, three in four right:",
          last.accuracy > 0.75)
