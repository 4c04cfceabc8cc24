import matplotlib.pyplot as plt
import numpy as np

from dlbook.convolution import conv2d
from dlbook.data import photo

image = photo("china", width=96).mean(0).mul(100).round()  # 0 to 100
kernel = image.new_tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
edges = conv2d(image[None, None], kernel[None, None])[0, 0]
panels = [("image", image, "0.5"), ("feature map", 50 + edges / 3, "0.5"),
          ("kernel", 50 + 20 * kernel, "0.5")]  # 0 becomes grey
bare = {"frame_on": False, "xticks": [], "yticks": []}
_, axes = plt.subplot_mosaic("iiff;kabc", figsize=(5.5, 3.6), subplot_kw=bare)
for ink, r, c in [("C1", 5, 30), ("C0", 17, 13), ("C2", 2, 75)]:
    panels.append((f"{edges[r, c]:.0f}", image[r : r + 3, c : c + 3], ink))
    for ax in (axes["i"], axes["f"]):
        ax.plot(c + 1, r + 1, "s", c=ink, ms=9, mfc="none")
for name, (title, shade, ink) in zip(axes, panels, strict=True):
    axes[name].set_title(title, c=ink)
    axes[name].imshow(shade.numpy(), cmap="gray", vmin=0, vmax=100)
    numbers = {"k": kernel, "i": image[:0], "f": image[:0]}.get(name, shade)
    for (r, c), v in np.ndenumerate(numbers.numpy()):
        axes[name].text(c - 0.2, r, f"{v:.0f}", c="wk"[int(shade[r, c] > 54)])
print("orange, blue, green:", [int(title) for title, _, _ in panels[3:]])
plt.show()
