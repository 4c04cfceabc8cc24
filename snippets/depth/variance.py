import matplotlib.pyplot as plt
import torch

from dlbook.activations import relu, tanh
from dlbook.data import digits

x = digits()[0][:200].flatten(1).double()
x = (x - x.mean(0)) / x.std()
kinds = [("ReLU, 2/n", relu, 2, "C0"), ("ReLU, 1/n", relu, 1, "C1"),
         ("ReLU, 4/n", relu, 4, "C2"), ("tanh, 1/n", tanh, 1, "C3")]
plt.figure(figsize=(5.5, 2.8))
for name, activation, gain, color in kinds:
    g, h, squares = torch.Generator().manual_seed(0), x, []
    for _ in range(20):
        w = torch.randn(5, 128, h.shape[-1], dtype=x.dtype, generator=g)
        z = h @ w.mT * (gain / h.shape[-1]) ** 0.5
        squares.append(z.square().mean((1, 2)))
        h = activation(z)
    squares = torch.stack(squares)
    factor = (squares[-1] / squares[0]).mean() ** (1 / 19)
    print(f"{name}: {factor:.2f} per layer")
    plt.semilogy(range(1, 21), squares.numpy(), color=color, lw=1)
    plt.text(20.4, squares[-1].mean(), name, color=color, va="center")
plt.gca().set(xlabel="layer", ylabel="mean square of z", xlim=(0, 25))
plt.show()
