import torch
from torch.nn.functional import cross_entropy

import dlbook
from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet

images, ends = load("fashion-small").train, []
x = pixels(images.x[:1280]).to(dlbook.device())
y = images.y[:1280].to(dlbook.device())
for place in ("before forward", "before backward", "after step", "nowhere"):
    model = LeNet(generator=torch.Generator().manual_seed(0)).to(x.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    for part in torch.arange(len(x)).split(64):
        if place == "before forward":
            optimizer.zero_grad()
        loss = cross_entropy(model(x[part]), y[part])
        if place == "before backward":
            optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if place == "after step":
            optimizer.zero_grad()
    ends.append(torch.cat([p.flatten() for p in model.parameters()]))
    print(f"{place:15} the weights of row 1:", ends[0].equal(ends[-1]))
