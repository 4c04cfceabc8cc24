import matplotlib.pyplot as plt

from dlbook.lenet import LeNet
from dlbook.torch_nn import draw_tree

fig, ax = plt.subplots(figsize=(5.5, 3.6))
draw_tree(ax, LeNet(), "net")
plt.show()
