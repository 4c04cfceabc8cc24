import torch
from torch.nn.functional import cross_entropy

import dlbook
from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet

train = load("fashion-small").train
x = pixels(train.x[:3200]).to(dlbook.device())
y = train.y[:3200].to(dlbook.device())
model = LeNet(generator=torch.Generator().manual_seed(0)).to(x.device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.002)

for part in torch.arange(len(x)).split(64):
    images, labels = x[part], y[part]
    optimizer.zero_grad()
    loss = cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()

right = (model(x[:500]).argmax(1) == y[:500]).float().mean().item()
print(f"after 50 steps about {right:.1f} of the pictures are right")
