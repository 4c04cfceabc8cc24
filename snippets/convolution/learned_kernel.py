import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.convolution import Conv2d, conv2d
from dlbook.data import photo

x = photo("china", width=48)[:, None].double().to(dlbook.device())
sobel = x.new_tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
target = conv2d(x, sobel[None, None])  # all that the layer is told
weights, g = [], torch.Generator().manual_seed(0)
layer = Conv2d(1, 1, kernel=3, bias=False, generator=g).to(x)
step = torch.optim.SGD(layer.parameters(), lr=0.2, momentum=0.95)
for _ in range(600):
    weights.append(layer.weight.detach().cpu().flatten().clone())
    step.zero_grad()
    (layer(x) - target).square().mean().backward()
    step.step()
print(layer.weight[0, 0].detach().cpu().round(decimals=2) + 0.0)
_, axes = plt.subplots(1, 3, figsize=(5.5, 2.3), sharey=True)
for v, ax in enumerate(axes):
    ax.plot(range(0, 400, 8), torch.stack(weights)[:400:8, v::3].numpy())
    ax.set(title=f"column {v}", xlabel="step", yticks=[-2, -1, 0, 1, 2])
axes[0].legend(["row 0", "row 1", "row 2"])
plt.show()
