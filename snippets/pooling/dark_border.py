import matplotlib.pyplot as plt
from torch import nn

from dlbook.data import photo
from dlbook.pooling import AvgPool2d

x = photo("china", width=120).mean(0)[None, None]
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.1))
for ax, counted in zip(axes, (True, False), strict=True):
    layer = AvgPool2d(3, stride=1, padding=1, count_include_pad=counted)
    y = nn.Sequential(*[layer] * 4)(x)
    edge = y[..., 0, :].mean() / x[..., 0, :].mean()
    print(f"count_include_pad={counted}: the top row keeps", end=" ")
    print(f"{100 * edge:.0f} % of its brightness")
    ax.imshow(y[0, 0].numpy(), cmap="gray", vmin=0, vmax=1)
    ax.set_title(f"count_include_pad={counted}", size=9)
    ax.set_axis_off()
plt.show()
