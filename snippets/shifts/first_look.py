import matplotlib.pyplot as plt
import torch
from torch.nn.functional import pad

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.training import fit

x, y = (t.to(dlbook.device()) for t in digits())
x, g = pad(x.double(), [4] * 4), torch.Generator().manual_seed(0)
net = CNN((1, 16, 16), [8, 16], [10], generator=g).to(x)
fit(net, x[100:], y[100:], steps=300, generator=g)  # all in the middle
fig, axes = plt.subplots(2, 5, figsize=(5.5, 2.6))
for shift, (top, bottom) in enumerate(axes.T):
    z = pad(x[6:7], (shift, -shift))
    maps = net.features(z)[0].detach().cpu()
    top.imshow(z[0, 0].cpu().numpy(), cmap="gray")
    top.set_title(f"+{shift}: reads {net(z).argmax().item()}", size=9)
    bottom.imshow(maps[maps.sum((1, 2)).argmax()].numpy(), cmap="cividis")
    for ax in (top, bottom):
        ax.set(xticks=[], yticks=[])
plt.show()
