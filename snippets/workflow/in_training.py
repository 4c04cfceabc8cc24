import torch

from dlbook.datasets import Images, hold_out, load
from dlbook.training import Plan, create, evaluate, train
from dlbook.training.recipes import ONE_CYCLE

data = load("fashion-small")
g = torch.Generator().manual_seed(0)
fresh, half = hold_out(data.train, 1000, generator=g)
fresh, other = hold_out(fresh, 1000, generator=g)
for name, more in (("other pictures", other), ("the test set", data.test)):
    net = create("mlp")
    both = Images(*map(torch.cat, zip(half, more, strict=True)))
    list(train(net, both, Plan(epochs=30, recipe=ONE_CYCLE)))
    print(f"1000 pictures and {name}:"
          f" test {evaluate(net, data.test).accuracy:.1%},"
          f" fresh {evaluate(net, fresh).accuracy:.1%} right")
