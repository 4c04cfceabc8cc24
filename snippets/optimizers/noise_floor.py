import matplotlib.pyplot as plt
import torch

from dlbook.gradient_descent import SGD
from dlbook.optimizers import Average
from dlbook.optimizers.averaging import floor

plt.figure(figsize=(5.5, 2.8))
for i, lr in enumerate((0.5, 0.05)):
    g = torch.Generator().manual_seed(0)
    w = torch.full((2000,), 3.0).double().requires_grad_()  # 2000 walks
    walker, average, squares, means = SGD([w], lr), Average([w]), [], []
    for _ in range(1000):
        w.grad = w.detach() + torch.randn(2000, generator=g).double()
        walker.step()
        average.update()
        squares.append(w.detach().square().mean().item())
        means.append(average.values[0].square().mean().item())
    print(f"η = {lr:4}: hovers at {sum(squares[500:]) / 500:.2f}, formula",
          f"{floor(lr, 1, 1):.2f}; the average at {means[-1]:.4f}")
    plt.loglog(squares, color=f"C{i}", label=f"η = {lr}")
    plt.loglog(means, "--", color=f"C{i}", label=f"η = {lr}, average")
plt.gca().set(xlabel="step", ylabel="mean square distance")
plt.legend()
plt.show()
