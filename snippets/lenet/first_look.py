import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.datasets import load, pixels
from dlbook.drawing import volumes
from dlbook.forward import trace
from dlbook.lenet import LeNet
from dlbook.training import fit

data = load("fashion-small")
x, y = pixels(data.train.x).to(dlbook.device()), data.train.y
x, g = x.double(), torch.Generator().manual_seed(0)
net = LeNet(generator=g).to(x)
fit(net, x, y.to(x.device), steps=200, lr=0.003, generator=g)
shown = [s for s in trace(net, x[1:2]) if s.kind not in ("ReLU", "Flatten")]
best = int(shown[-1].gives.argmax())
print("It says", data.classes[best], "and it is", data.classes[y[1]])

fig, ax = plt.subplots(figsize=(5.5, 2.2))
names = ["image", "c1", "s2", "c3", "s4", "c5", "f6", "out"]
volumes(ax, [x[1], *(step.gives[0] for step in shown)], names)
plt.show()
