import matplotlib.pyplot as plt
import numpy as np
import torch

from dlbook.convolution import conv2d

x = torch.tensor([[1, 2, 0, 1], [0, 1, 3, 1], [2, 1, 0, 0], [1, 0, 2, 1.0]])
w = torch.tensor([[1, 0, -1], [2, 1, 0], [0, 0, -1.0]])
y = conv2d(x[None, None], w[None, None])[0, 0]
bare = {"xticks": [], "yticks": [], "frame_on": False}
fig, axes = plt.subplots(2, 2, figsize=(5.5, 3.7), subplot_kw=bare)
for (top, left), ax in np.ndenumerate(axes):
    for (r, c), value in np.ndenumerate(x.numpy()):
        ax.add_patch(plt.Rectangle((c, r), 1, 1, fc="none", ec="0.5"))
        ax.text(c + 0.12, r + 0.55, f"{value:.0f}", size=12)
    for (u, v), k in np.ndenumerate(w.numpy()):
        ax.text(left + v + 0.44, top + u + 0.92, f"×{k:.0f}", c="C1", size=8)
    ax.add_patch(plt.Rectangle((left, top), 3, 3, fc=("C0", 0.2)))
    for (r, c), value in np.ndenumerate(y.numpy()):
        ax.add_patch(plt.Rectangle((c + 5, r + 1), 1, 1, fc="none", ec="0.5"))
        done = (r, c) <= (top, left)
        ax.text(c + 5.3, r + 1.65, f"{value:.0f}" if done else "", size=12)
    ax.add_patch(plt.Rectangle((left + 5, top + 1), 1, 1, fc=("C2", 0.3)))
    ax.axis([-0.1, 7.1, 4.1, -0.1])
plt.show()
