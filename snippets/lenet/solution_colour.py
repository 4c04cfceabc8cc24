import torch

from dlbook.cnn import layer_table
from dlbook.fully_connected import count_parameters
from dlbook.lenet import LeNet

net = LeNet(c_in=3, padding=0)  # colour, 32 by 32
print(f"c1 has {6 * (3 * 25 + 1)} parameters, all {count_parameters(net):,}")
rows = layer_table(net, torch.zeros(1, 3, 32, 32))
print(f"multiply-adds: {sum(row.multiply_adds for row in rows):,}")
