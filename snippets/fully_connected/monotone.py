import torch
from sklearn.datasets import load_iris

iris = load_iris()
petal, species = torch.tensor(iris.data[:, 2]), torch.tensor(iris.target)
for name, number in zip(iris.target_names, range(3), strict=True):
    print(f"{name:10} {petal[species == number].mean():.1f} cm")

wanted = species == 1  # is it versicolor?
thresholds = torch.linspace(0, 8, 161).double()
says = petal > thresholds[:, None]  # one unit: longer means more of a yes
wrong = torch.cat([says != wanted, ~says != wanted]).sum(1)
print("one unit, the best threshold, w = 1 or -1: wrong", wrong.min().item())
z = 1.2 - (3.7 - petal).relu() - (petal - 3.7).relu()
print("two hidden units: wrong", ((z > 0) != wanted).sum().item())
