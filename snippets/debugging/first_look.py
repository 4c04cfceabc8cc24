# --8<-- [start:curve]
import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.fully_connected import MLP


def curve(x, y, start=1.0, end=lambda z: z, rate=0.01, smooth=0.0):
    """The loss over 150 steps, or until it is no finite number."""
    g = torch.Generator().manual_seed(0)
    net, losses = MLP([64, 64, int(y.max()) + 1], generator=g), []
    for weight in net.parameters():
        weight.data *= start
    step = torch.optim.Adam(net.parameters(), lr=rate)
    while len(losses) < 150:
        loss = cross_entropy(end(net(x)), y, label_smoothing=smooth)
        if not loss.isfinite():
            break
        losses.append(loss.item())
        step.zero_grad()
        loss.backward()
        step.step()
    return losses
# --8<-- [end:curve]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

x, y = digits()[0].flatten(1), digits()[1]
few, healthy = y < 4, curve(x, y)
fig, axes = plt.subplots(2, 3, figsize=(5.5, 3.6), sharex=True, sharey=True)
for ax, (title, losses) in zip(axes.flat, {
    "nan": curve(x, y, rate=0.4, end=lambda z: z.softmax(1).log()),
    "30": curve(255 * x, y),
    "2.30": curve(x, y, start=0),
    "1.46 … 1.56": curve(x, y, end=lambda z: z.softmax(1)),
    "0.74": curve(x[few], y[few], end=lambda z: z.softmax(1)),
    "0.50": curve(x, y, smooth=0.1),
}.items(), strict=True):
    ax.plot(healthy, "0.7")
    ax.plot(losses, "C1", marker="x" if len(losses) < 150 else "", lw=2)
    ax.set(title=title, yscale="log", ylim=(0.01, 60))
    print(f"{title:11}: at first {losses[0]:5.2f}, at last {losses[-1]:5.2f}")
for ax in axes[1]:
    ax.set_xlabel("step")
axes[1, 0].set_ylabel("loss")
plt.show()
# --8<-- [end:draw]
