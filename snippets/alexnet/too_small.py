import torch

from dlbook.alexnet import AlexNet2012

with torch.device("meta"):
    net, x = AlexNet2012(), torch.zeros(1, 3, 224, 224)
print(net.features(x).shape)
net.classifier(net.features(x))
