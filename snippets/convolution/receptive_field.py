import matplotlib.pyplot as plt
import torch

from dlbook.convolution import conv2d, receptive_field

layers = [(3, 1), (3, 2), (3, 1)]
width, ones = 15, torch.ones(1, 1, 1, 3)
x = torch.zeros(1, 1, 1, width, requires_grad=True)
maps, jump, offset = [x], 1, 0.0
for depth, (_, s) in enumerate(layers, 1):
    maps.append(conv2d(maps[-1], ones, stride=(1, s)))
    print(f"after layer {depth}: sees {receptive_field(layers[:depth])}")

middle = maps[-1][..., maps[-1].shape[3] // 2].sum()
reads = torch.autograd.grad(middle, maps)
plt.figure(figsize=(5.5, 2.4))
for depth, read in enumerate(reads):
    at = offset + jump * torch.arange(read.numel())
    seen = read.flatten() > 0
    plt.scatter(at, [depth] * len(at), c=["C1" if r else "0.7" for r in seen])
    if depth < 3:
        offset, jump = offset + jump, jump * layers[depth][1]
plt.yticks(range(4), ["input", "layer 1", "layer 2", "layer 3"])
plt.xlabel("pixel of the input")
plt.show()
