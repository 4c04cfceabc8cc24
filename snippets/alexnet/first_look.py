import matplotlib.pyplot as plt
import torch

from dlbook.alexnet import AlexNet2012, draw_net

with torch.device("meta"):  # sizes without numbers
    net, x = AlexNet2012(), torch.zeros(1, 3, 227, 227)
fig, ax = plt.subplots(figsize=(5.5, 2.6))
draw_net(ax, net, x)
plt.show()
