import torch
from torch.nn.functional import cross_entropy
from torch.nn.utils import clip_grad_norm_

import dlbook
from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet

train = load("fashion-small").train
x = pixels(train.x[:2560]).to(dlbook.device())
y = train.y[:2560].to(dlbook.device())
for clip in (float("inf"), 5.0):
    model = LeNet(generator=torch.Generator().manual_seed(0)).to(x.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    print("clip at", clip)
    for step, part in enumerate(torch.arange(len(x)).split(64), 1):
        images = x[part] * (255 if step == 20 else 1)  # once not divided
        optimizer.zero_grad()
        loss = cross_entropy(model(images), y[part])
        loss.backward()
        length = clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        if step in (19, 20, 30, 40):
            print(f"  step {step}: loss {loss.item():.1f},",
                  f"length of the gradient {length.item():.0f}")
