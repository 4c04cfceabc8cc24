import matplotlib.pyplot as plt
import torch

from dlbook.approximation import bends, folded

x = torch.linspace(0, 1, 257).double()
ends = torch.tensor([[0.0], [1.0]]).double()
fig, axes = plt.subplots(1, 3, figsize=(5.5, 1.9), sharey=True)
for ax, times in zip(axes, (1, 2, 4), strict=True):
    net = folded(times).double()
    found = len(bends(net, *ends)) + 1
    ax.plot(x, net(x[:, None]).detach())
    ax.set(title=f"{2 * times} units", xlabel="x")
    print(f"{times} layers of 2: {found:2} pieces of {2 * times} units;"
          f" one layer would need {found - 1:2}")
plt.show()
