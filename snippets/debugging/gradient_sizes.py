import matplotlib.pyplot as plt
import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = digits()
ax = plt.figure(figsize=(5.5, 3)).gca()
for name, bend, gain, bias in (
    ("healthy", torch.relu, 1.4, 0), ("sigmoid", torch.sigmoid, 1, 0),
    ("weights ×4", torch.relu, 5.6, 0), ("layer 4 dead", torch.relu, 1.4, -99)
):
    g = torch.Generator().manual_seed(0)
    net = MLP([64] * 6 + [10], activation=bend, generator=g)
    for each in net.layers:
        each.weight.data.normal_(0, gain / 8, generator=g)
    net.layers[3].bias.data += bias
    cross_entropy(net(x.flatten(1)), y).backward()
    sizes = [layer.weight.grad.std() for layer in net.layers]
    ax.plot(range(1, 7), sizes, "o-", label=name)
ax.set_yscale("symlog", linthresh=1e-6)
ax.set(xlabel="layer", ylabel="gradient", ylim=(-2e-7, 1e3))
ax.legend(ncols=2, loc=(0.02, 0.56))
plt.show()
