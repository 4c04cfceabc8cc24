import torch
from torch.nn.functional import pad

import dlbook
from dlbook.cnn import CNN
from dlbook.convolution import conv2d
from dlbook.data import digits
from dlbook.training import fit

x, y = (t.to(dlbook.device()) for t in digits())
x, g = pad(x.double(), [2] * 4), torch.Generator().manual_seed(0)
net = CNN((1, 12, 12), [8, 16], [10], padding=0, generator=g).to(x)
fit(net, x[100:], y[100:], steps=300, generator=g)
strip = torch.cat(list(x[:5]), dim=2)[None]  # 0 1 2 3 4, side by side
dense = net.classifier[1].layers[0]
kernels = dense.weight.unflatten(1, net.features(x[:1]).shape[1:])
scores = conv2d(net.features(strip), kernels, dense.bias)
print("strip", tuple(strip.shape), "scores", tuple(scores.shape))
print("every third place:", *scores[0, :, 0, ::3].argmax(0).tolist())
for place in range(0, 49, 4):  # the net itself, window by window
    one = net(strip[..., place : place + 12])
    assert torch.allclose(one, scores[:, :, 0, place // 4])
print("as the net, laid over every fourth pixel")
