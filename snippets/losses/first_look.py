# --8<-- [start:train]
import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits

images, labels = digits()
x = images.flatten(1).double()
weight = torch.zeros(10, 64, dtype=x.dtype, requires_grad=True)
for _ in range(100):  # one layer, on the first thousand digits
    loss = cross_entropy(x[:1000] @ weight.T, labels[:1000])
    (slope,) = torch.autograd.grad(loss, weight)
    weight.data -= 0.5 * slope
probabilities = (x[1000:] @ weight.T).softmax(1).detach()
# --8<-- [end:train]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

right = probabilities.gather(1, labels[1000:, None]).squeeze(1)
losses = -right.log()
places = losses.argsort()[[0, 700, -1]]  # least, middling, largest
fig, axes = plt.subplots(2, 3, figsize=(5.5, 3), height_ratios=[1, 1.3])
for (top, below), k in zip(axes.T, places.tolist(), strict=True):
    top.imshow(1 - images[1000 + k, 0].numpy(), cmap="gray")
    top.set(xticks=[], yticks=[], title=f"loss {losses[k]:.2f}")
    bars = below.bar(range(10), probabilities[k].numpy(), color="0.7")
    bars[labels[1000 + k]].set_color("C0")
    below.set(ylim=(0, 1), xticks=range(0, 10, 3), yticks=[0, 0.5, 1],
              xlabel="digit")
    print(f"a {labels[1000 + k]}, given probability {right[k]:.3f}:",
          f"loss {losses[k]:.2f}")
axes[1, 0].set_ylabel("probability")
plt.show()
# --8<-- [end:draw]
