import matplotlib.pyplot as plt
import torch

from dlbook.rnn import RNN
from dlbook.rnn.through_time import gradient_by_lag, with_radius

T, N, D = 41, 64, 64
rng = torch.Generator().manual_seed(0)
x = torch.randn(T, N, 1, generator=rng).double()
v = torch.randn(N, D, generator=rng).double()
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.6), sharey=True)
for ax, bend in zip(axes, ["none", "tanh"], strict=True):
    for radius, color in ((0.8, "C0"), (1.0, "C1"), (1.2, "C2")):
        for _ in range(5):
            layer = RNN(1, D, nonlinearity=bend, bias=False, generator=rng)
            U = torch.randn(D, D, generator=rng)
            layer.weight_hh_l0.data = with_radius(U, radius)
            lags = gradient_by_lag(layer.double(), x, v)
            ax.semilogy(lags / lags[0], color=color, lw=0.8)
        ax.text(40, lags[-1] / lags[0], f" {radius}", color=color)
        per_step = (lags[40] / lags[20]) ** (1 / 20)
        print(f"{bend}, radius {radius}: times {per_step:.1f} for each step")
    ax.set(title=f"activation: {bend}", xlabel="lag", xlim=(0, 46))
axes[0].set_ylabel("gradient, lag 0 is 1")
plt.show()
