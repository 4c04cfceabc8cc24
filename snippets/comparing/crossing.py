import matplotlib.pyplot as plt
from torch import nn, optim

from dlbook.data import digits
from dlbook.experiment import fit_many, split

x, y = digits()
data = split(x.flatten(1), y, seed=0)
nets = {
    "linear": lambda: nn.Linear(64, 10),
    "hidden": lambda: nn.Sequential(
        nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)),
}
plt.figure(figsize=(5, 2.8))
for place, (name, make) in enumerate(nets.items()):
    many = fit_many(make, range(5), data, steps=3000, rates=0.1,
                    optimizer=optim.SGD, every=100)
    wrong = 100 * many.validation[0]  # a row for each seed
    print(f"{name}: {wrong[:, 0].mean():4.1f} % wrong after 100 steps,",
          f"{wrong[:, -1].mean():.1f} % after 3000")
    plt.semilogx(many.points, wrong.T, color=f"C{place}", alpha=0.4)
    plt.semilogx(many.points, wrong.mean(0), color=f"C{place}", label=name)
plt.gca().set(xlabel="steps", ylabel="wrong, in %", ylim=(0, 15))
plt.legend()
plt.show()
