# --8<-- [start:step]
import torch

import dlbook
from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet

train, model = load("fashion-small").train, LeNet().to(dlbook.device())
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)


def step(part):
    data = pixels(train.x[part]), train.y[part]
    x, y = (each.to(dlbook.device()) for each in data)
    yield "data"
    loss = torch.nn.functional.cross_entropy(model(x), y)
    yield "forward"
    loss.backward()
    yield "backward"
    torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    yield "clip"
    optimizer.step()
    optimizer.zero_grad()
    yield "step"
    loss.item()
    yield "item"
# --8<-- [end:step]


# --8<-- [start:measure]
from collections import defaultdict
from statistics import median
from time import process_time

import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(5.5, 2.2))
for size in (8, 64, 256):
    times, left = defaultdict(list), 0.0
    for i in range(25):
        part, began = torch.arange(size) + i, process_time()
        for name in step(part):
            now = process_time()
            times[name].append(1000 * (now - began))
            began = now
    each = {name: median(taken) for name, taken in times.items()}
    for colour, (name, ms) in enumerate(each.items()):
        ax.barh(f"{size}", ms / sum(each.values()), left=left,
                color=f"C{colour}", label=name if size == 8 else None)
        left += ms / sum(each.values())
    print(f"batch {size}:", ", ".join(
        f"{name} {ms:.2f}" for name, ms in each.items()), "ms")
ax.set(xlabel="share of the step", ylabel="batch")
ax.legend(ncol=6, fontsize=8, loc="lower center", bbox_to_anchor=(0.5, 1))
plt.show()
# --8<-- [end:measure]
