import torch
from torch import Generator, nn

from dlbook.datasets import Images, load
from dlbook.experiment import compare_values
from dlbook.fully_connected.layers import MLP
from dlbook.training import Plan, train

data, rows = load("digits").train, {}
for patience in (40, 5):
    steps, rows[f"patience {patience}"] = [], []
    for seed in range(5):
        mixed = torch.randperm(1437, generator=Generator().manual_seed(seed))
        few, held, test = (Images(data.x[part], data.y[part])
                           for part in mixed.split([200, 300, 937]))
        net = nn.Sequential(nn.Flatten(), MLP(
            [64, 64, 10], generator=Generator().manual_seed(seed)))
        plan = Plan(40, 20, 0.1, seed, patience=patience)
        for epoch in train(net, few, plan, validation=held):
            if epoch.better:
                wrong = (net(test.x).argmax(1) != test.y).double().mean()
        rows[f"patience {patience}"].append(100 * wrong.item())
        steps.append(epoch.step)
    print(f"patience {patience}: steps {steps}")
print(compare_values(rows, unit="points", name="wrong"))
