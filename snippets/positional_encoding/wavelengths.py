from math import pi

import matplotlib.pyplot as plt

from dlbook.positional_encoding import frequencies, positional_encoding

for d_model in (8, 64, 512):
    wave = 2 * pi / frequencies(d_model)
    ends = f"from {wave[0]:.3f} to {wave[-1]:.0f}"
    print(f"d_model {d_model}: {ends}, that is", end=" ")
    print(f"{wave[-1] / wave[0]:.0f}·2π; step ×{wave[1] / wave[0]:.4f}")

code = positional_encoding(100, 32).numpy()
fig, axes = plt.subplots(4, 1, figsize=(5.5, 4.2), sharex=True)
for i, ax in zip([0, 3, 6, 9], axes, strict=True):
    ax.plot(code[:, 2 * i], label=f"column {2 * i}: sin")
    ax.plot(code[:, 2 * i + 1], "--", label=f"column {2 * i + 1}: cos")
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    ax.set(ylim=(-1.1, 1.1), yticks=[-1, 0, 1], ylabel="code")
axes[-1].set_xlabel("position")
plt.show()
