import matplotlib.pyplot as plt
import torch

from dlbook.data import photo

x = (255 * photo("china", width=120)).round().to(torch.uint8)
panels = {
    "x": x,
    "x + 60": x + 60,
    "in float, clamped": (x.float() + 60).clamp(0, 255).to(torch.uint8),
}
fig, axes = plt.subplots(1, 3, figsize=(5.5, 1.6))
for ax, (name, y) in zip(axes, panels.items(), strict=True):
    darker = (y.float() < x).float().mean()
    print(f"{name:18} {y.dtype}, largest {y.max()}, darker: {darker:.0%}")
    ax.imshow(y.permute(1, 2, 0).numpy())
    ax.set_title(name, size=9)
    ax.set_axis_off()
plt.show()
