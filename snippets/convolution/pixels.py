import matplotlib.pyplot as plt
import numpy as np

from dlbook.data import photo

image = photo("flower", width=128)
grey = image.mean(0).mul(255).round().numpy()
top, left, size = 30, 48, 6
rgb = [round(255 * value) for value in image[:, top, left].tolist()]
print("colour photo:", tuple(image.shape), " grey:", grey.shape)
print("first pixel of the zoom (r, g, b):", rgb)

corner = grey[top : top + size, left : left + size]
fig, (whole, zoom) = plt.subplots(1, 2, figsize=(5.5, 2.4))
whole.imshow(grey, cmap="gray", vmin=0, vmax=255)
box = plt.Rectangle((left - 0.5, top - 0.5), size, size, fc="none", ec="C1")
whole.add_patch(box)
zoom.imshow(corner, cmap="gray", vmin=0, vmax=255)
for (row, column), value in np.ndenumerate(corner):
    ink = "black" if value > 110 else "white"
    zoom.text(column, row, f"{value:.0f}", ha="center", va="center", c=ink)
whole.set_axis_off()
zoom.set_axis_off()
plt.show()
