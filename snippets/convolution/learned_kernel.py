import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.convolution import Conv2d, conv2d
from dlbook.data import photo

x = photo("china", width=48)[:, None].double().to(dlbook.device())
sobel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]).to(x)
target = conv2d(x, sobel[None, None])  # all that the layer is told
g = torch.Generator().manual_seed(0)
layer = Conv2d(1, 1, kernel=3, bias=False, generator=g).to(x)
step = torch.optim.SGD(layer.parameters(), lr=0.2, momentum=0.95)
weights = []
for _ in range(600):
    weights.append(layer.weight.detach().cpu().flatten().clone())
    step.zero_grad()
    (layer(x) - target).square().mean().backward()
    step.step()
print(layer.weight[0, 0].detach().cpu().round(decimals=2) + 0.0)

plt.figure(figsize=(5.5, 2.6))
plt.plot(range(0, 400, 8), torch.stack(weights)[:400:8].numpy())
plt.gca().set(xlabel="step", ylabel="weight", yticks=[-2, -1, 0, 1, 2])
plt.show()
