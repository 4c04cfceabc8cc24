import matplotlib.pyplot as plt
import torch

from dlbook.data import petals
from dlbook.gradient_descent import SGD

x, y = petals()
x = x - x.mean()
bottom = torch.stack([(x * y).mean() / (x * x).mean(), y.mean()])
for name, shrink in [("0.1", 0), ("0.01", 0), ("1/(t + 10)", 1)]:
    g = torch.Generator().manual_seed(0)
    runs = torch.tensor([[1.1, 0.3]] * 100).double().requires_grad_()
    walker, gaps = SGD([runs], lr=0.01 if name == "0.01" else 0.1), []
    for t in range(3000):
        k = torch.randint(150, (100,), generator=g)  # one flower each
        walker.zero_grad()
        (runs[:, 0] * x[k] + runs[:, 1] - y[k]).square().sum().backward()
        walker.step()
        walker.lr = 1 / (t + 11) if shrink else walker.lr
        gaps.append((runs.detach() - bottom).square().sum(1).mean())
    plt.loglog(range(1, 3000, 2), gaps[::2], label=f"η = {name}")
    print(f"η = {name:10}: mean square distance {gaps[-1]:.1g}")
plt.legend()
plt.gca().set(xlabel="step", ylabel="mean square distance")
plt.show()
