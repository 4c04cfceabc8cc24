import torch
from torch import nn

from dlbook.fully_connected import count_parameters
from dlbook.googlenet import GoogLeNet, stage_table


def conv(c_in, c_out, kernel, **how):
    if kernel != 5:
        return nn.Conv2d(c_in, c_out, kernel, **how)
    return nn.Sequential(nn.Conv2d(c_in, c_out, 3, padding=1), nn.ReLU(),
                         nn.Conv2d(c_out, c_out, 3, padding=1))


with torch.device("meta"):
    for name, make in (("5×5", nn.Conv2d), ("two 3×3", conv)):
        net = GoogLeNet(conv=make)
        stages = stage_table(net, torch.zeros(1, 3, 224, 224))
        work = sum(s.multiply_adds for s in stages)
        print(f"{name:8} {count_parameters(net):,} {work:,}")
