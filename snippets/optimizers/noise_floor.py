import matplotlib.pyplot as plt
import torch

from dlbook.gradient_descent import SGD
from dlbook.optimizers import Average
from dlbook.optimizers.averaging import floor

plt.figure(figsize=(5.5, 2.8))
for i, lr in enumerate((0.5, 0.05)):
    g = torch.Generator().manual_seed(0)
    w = torch.full((2000,), 3.0).double().requires_grad_()  # 2000 walks
    walker, squares, means = SGD([w], lr), [], []
    average = Average([w])
    for _ in range(1000):
        w.grad = w.detach() + torch.randn(2000, generator=g).double()
        walker.step()
        average.update()
        squares.append(w.detach().square().mean().item())
        means.append(average.values[0].square().mean().item())
    hovers = sum(squares[500:]) / 500
    print(f"η = {lr:4}: hovers at {hovers:.3f}, formula {floor(lr, 1, 1):.3f};",
          f"average of 1000 points {means[-1]:.4f}, with σ²/λ²t {1 / 1000}")
    plt.loglog(squares, color=f"C{i}", label=f"η = {lr}")
    plt.loglog(means, "--", color=f"C{i}", label=f"η = {lr}, average")
plt.xlabel("step")
plt.ylabel("mean square distance")
plt.legend()
plt.show()
