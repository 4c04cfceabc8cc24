import torch

from dlbook.datasets import load
from dlbook.training import Plan, create, scores, train

data = load("digits")
net = create("mlp", shape=(1, 8, 8))
list(train(net, data.train, Plan(epochs=3)))
right = (scores(net, data.test).argmax(1) == data.test.y).double()
order = right.argsort(descending=True, stable=True)  # the wrong ones last
print(f"of 360 test digits right: {right.mean():.1%}")
for batch in (360, 180, 100, 64, 359):
    parts = right[order].split(batch)
    means = torch.stack([part.mean() for part in parts])
    print(f"batches of {batch:3}: the last has {len(parts[-1]):3},"
          f" mean of means {means.mean():.1%}")
