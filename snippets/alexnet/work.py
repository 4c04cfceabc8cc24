import torch

import dlbook
from dlbook.alexnet import SmallAlexNet
from dlbook.datasets import hold_out, load
from dlbook.training import Epoch, Plan, create, evaluate, train
from dlbook.training.recipes import ONE_CYCLE

data, g = load("fashion-small"), torch.Generator().manual_seed(0)
training, validation = hold_out(data.train, 500, generator=g)
net = create("alexnet-small", shape=(1, 28, 28)).to(dlbook.device())
print("made:", type(net).__name__, isinstance(net, SmallAlexNet))
plan = Plan(epochs=0.5, recipe=ONE_CYCLE)
for news in train(net, training, plan, validation=validation):
    if isinstance(news, Epoch):
        right = news.validation.accuracy
        print(f"{news.step} steps, four in ten right: {right > 0.4}")
right = evaluate(net, data.test).accuracy
print("of 1,000 test pictures four in ten right:", right > 0.4)
