import matplotlib.pyplot as plt
import torch

from dlbook.convolution import conv2d, receptive_field

strides, ones = [1, 2, 1], torch.ones(1, 1, 1, 3)
maps = [torch.zeros(1, 1, 1, 15, requires_grad=True)]
at = [torch.arange(15.0)]  # above which pixel each value stands
for depth, s in enumerate(strides, 1):
    maps.append(conv2d(maps[-1], ones, stride=(1, s)))
    at.append(at[-1][1:-1:s])  # above the middle of its three
    layers = [(3, s) for s in strides[:depth]]
    print(f"layer {depth} sees {receptive_field(layers)}")
middle = maps[-1][..., maps[-1].shape[3] // 2].sum()
reads = [r.flatten() > 0 for r in torch.autograd.grad(middle, maps)]
plt.figure(figsize=(5.5, 2.4))
for depth, (seen, places) in enumerate(zip(reads, at, strict=True)):
    inks = ["C1" if r else "0.8" for r in seen]
    for i, place in enumerate(places if depth else []):
        for below in at[depth - 1][strides[depth - 1] * i :][:3]:
            plt.plot([below, place], [depth - 1, depth], c=inks[i], lw=1)
    plt.scatter(places, [depth] * len(places), c=inks)
plt.yticks(range(4), ["input", "layer 1", "layer 2", "layer 3"])
plt.xlabel("pixel of the input")
plt.show()
