import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_iris

from dlbook.drawing import network
from dlbook.fully_connected import MLP

flower = torch.tensor(load_iris().data[0]).float()
model = MLP([4, 5, 3], generator=torch.Generator().manual_seed(42))
hidden = torch.relu(model.layers[0](flower))
scores = model(flower)

fig, ax = plt.subplots(figsize=(5.5, 3.4))
names = ["inputs", "hidden", "scores"]
network(ax, model, values=[flower, hidden, scores], names=names)
plt.show()
