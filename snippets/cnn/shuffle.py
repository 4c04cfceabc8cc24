import torch
from torch import nn

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.fully_connected import MLP
from dlbook.training import fit, wrong

x, y = (t.to(dlbook.device()) for t in digits())
x, g = x.double(), torch.Generator().manual_seed(0)
place = torch.randperm(64, generator=g)
mixed = x.flatten(1)[:, place].reshape(x.shape)  # alike for all images
layers = {"conv": nn.Conv2d, "pool": nn.MaxPool2d}
for kind in ("CNN, images", "CNN, mixed", "dense, images", "dense, mixed"):
    images, miss = mixed if "mixed" in kind else x, []
    for seed in range(5):
        g = torch.Generator().manual_seed(seed)
        train, test = torch.randperm(len(x), generator=g).split([1000, 797])
        net = (CNN((1, 8, 8), [8, 16], [10], generator=g, **layers)
               if "CNN" in kind else
               nn.Sequential(nn.Flatten(), MLP([64, 25, 10], generator=g)))
        fit(net.to(x), images[train], y[train], generator=g)
        miss.append(100 * wrong(net, images[test], y[test]).double().mean())
    print(f"{kind:13}", *(f"{m:4.1f}" for m in miss), "% wrong")
