import matplotlib.pyplot as plt
import torch

from dlbook.convolution import Conv2d, cost

fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.2))
for ax, groups in zip(axes, [1, 2, 8], strict=True):
    g = torch.Generator().manual_seed(0)
    layer = Conv2d(8, 8, kernel=3, groups=groups, generator=g)
    x = torch.randn(1, 8, 3, 3, generator=g)
    reads = torch.autograd.functional.jacobian(layer, x)[0, :, 0, 0, 0]
    seen = (reads != 0).any(-1).any(-1).float()
    parameters, work = cost(32, 8, 8, 3, padding=1, groups=groups)
    print(f"groups={groups}: weight {tuple(layer.weight.shape)},")
    print(f"  {parameters} parameters, {work:,} multiply-adds")
    ax.imshow(seen.numpy(), cmap="cividis", vmin=0, vmax=1)
    ax.set(title=f"groups={groups}", xlabel="input channel")
axes[0].set_ylabel("output channel")
plt.show()
