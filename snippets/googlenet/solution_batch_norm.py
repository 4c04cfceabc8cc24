import torch
from torch import nn

from dlbook.fully_connected import count_parameters
from dlbook.googlenet import GoogLeNet


def conv(c_in, c_out, kernel, **how):
    layer = nn.Conv2d(c_in, c_out, kernel, bias=False, **how)
    return nn.Sequential(layer, nn.BatchNorm2d(c_out, eps=0.001))


with torch.device("meta"):
    net = GoogLeNet(conv=conv, wide=3, norm=nn.Identity)
    print(f"{count_parameters(net):,}")
