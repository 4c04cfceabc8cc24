import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.drawing import volumes
from dlbook.forward import trace
from dlbook.training import fit

x, y = (t.to(dlbook.device()) for t in digits())
x = x.double()
g = torch.Generator().manual_seed(0)
net = CNN((1, 8, 8), [8, 16], [10], generator=g).to(x)
fit(net, x, y, steps=200, generator=g)
steps = [s for s in trace(net, x[:1]) if s.kind != "ReLU"]
print("It says", int(steps[-1].gives.argmax()), "and it is", int(y[0]))

fig, ax = plt.subplots(figsize=(5.5, 1.9))
names = ["image", "convolve", "pool", "convolve", "pool", "flatten", "dense"]
volumes(ax, [x[0], *(step.gives[0] for step in steps)], names)
plt.show()
