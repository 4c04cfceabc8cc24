import torch

import dlbook
from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet
from dlbook.mini_batches import Kept, accumulated, mini_batches, one_graph

images, y = load("fashion-small").train
x, y = pixels(images).to(dlbook.device()), y.to(dlbook.device())
print("design        parts of  updates     bytes kept")
for design, size in [(one_graph, 5000), (one_graph, 64), (accumulated, 64),
                     (accumulated, 8), (mini_batches, 64)]:
    model, updates = LeNet().to(x.device), []
    weights = list(model.parameters())
    optimizer = torch.optim.SGD(weights, 0.01)
    optimizer.register_step_post_hook(
        lambda *_, updates=updates: updates.append(1))
    with Kept(x, y, *weights) as kept:
        parts = zip(x.split(size), y.split(size), strict=True)
        design(model, optimizer, parts)
    print(f"{design.__name__:12}{size:10,}{len(updates):9}{kept.peak:15,}")
print("the gradients:", f"{sum(w.grad.nbytes for w in weights):,}")
