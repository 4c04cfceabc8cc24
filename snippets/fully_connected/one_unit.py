import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_iris

from dlbook.drawing import unit
from dlbook.fully_connected import MLP

flower = torch.tensor(load_iris().data[0]).float()
model = MLP([4, 5, 3], generator=torch.Generator().manual_seed(42))
layer = model.layers[0]
names = ["sepal length", "sepal width", "petal length", "petal width"]
fig, axes = plt.subplots(2, 1, figsize=(5.5, 5))
for j, ax in enumerate(axes):  # the first two of the five
    how = layer.weight[j], layer.bias[j], torch.relu
    unit(ax, flower, *how, names=names)
plt.show()
