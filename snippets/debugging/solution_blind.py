import torch
from torch import nn

from dlbook.datasets import Images, load
from dlbook.fully_connected import MLP
from dlbook.training import Plan, evaluate, train
from dlbook.training.doctor import examine

data = load("digits")
for seed in range(5):
    g = torch.Generator().manual_seed(seed)
    rows = torch.randperm(len(data.train.y), generator=g)
    false = Images(data.train.x, data.train.y[rows])
    net = nn.Sequential(nn.Flatten(), MLP([64, 64, 10], generator=g))
    fine = all(finding.ok for finding in examine(net, false))
    list(train(net, false, Plan(epochs=3, seed=seed)))
    right = evaluate(net, data.test).accuracy
    print(f"doctor content: {fine}, test digits right: {right:.0%}")
