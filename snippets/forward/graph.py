import matplotlib.pyplot as plt
import torch

from dlbook import drawing
from dlbook.forward import graph
from dlbook.fully_connected import MLP

model = MLP([2, 2, 1], generator=torch.Generator().manual_seed(0))
p = torch.sigmoid(model(torch.tensor([[2.0, 1]])))
print("p.grad_fn:", p.grad_fn.name())
before = p.grad_fn.next_functions[0][0]
print("before it:", before.name())
names = ["W⁽¹⁾", "b⁽¹⁾", "W⁽²⁾", "b⁽²⁾"]
leaves = dict(zip(names, model.parameters(), strict=True))

fig, ax = plt.subplots(figsize=(4.4, 4.8))
drawing.graph(ax, graph(p, leaves))
plt.show()
