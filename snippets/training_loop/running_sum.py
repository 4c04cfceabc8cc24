import torch
from torch.nn.functional import cross_entropy

import dlbook
from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet

train = load("fashion-small").train
x = pixels(train.x[:640]).to(dlbook.device())
y = train.y[:640].to(dlbook.device())
model = LeNet(generator=torch.Generator().manual_seed(0)).to(x.device)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
w, total = model.classifier.output.weight, 0
for step, part in enumerate(torch.arange(len(x)).split(64), 1):
    loss = cross_entropy(model(x[part]), y[part])
    own, = torch.autograd.grad(loss, w, retain_graph=True)
    total = total + own
    loss.backward()  # .grad was not cleared
    optimizer.step()
    if step in (1, 2, 5, 10):
        print(f"step {step:2}: .grad is the sum:",
              f"{w.grad.allclose(total, atol=1e-6)},",
              f"{w.grad.norm() / own.norm():.1f} times as long")
