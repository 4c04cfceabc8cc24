import torch

from dlbook.lenet import LeNet

model = LeNet()
model.to("meta")  # a module changes itself
x = torch.zeros(1, 1, 28, 28)
x.to("meta")  # a tensor does not: this copy is thrown away
print("model:", next(model.parameters()).device, " x:", x.device)
model(x)
