import torch

from dlbook.fully_connected import count_parameters
from dlbook.googlenet import GoogLeNet

with torch.device("meta"):
    net = GoogLeNet()
    dense = torch.nn.Linear(7 * 7 * 1024, 1000)
    print(f"flatten and dense: {count_parameters(dense):,}")
    print(f"mean and dense: {count_parameters(net.classifier):,}")
    for size in ((224, 224), (160, 320), (427, 640)):
        print(size, "->", tuple(net(torch.zeros(1, 3, *size)).shape))
