from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet

x = pixels(load("fashion-small").test.x[:64])
LeNet()(x.squeeze())  # someone tidied up the axis of length 1
