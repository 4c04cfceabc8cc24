import torch

from dlbook.fully_connected import MLP

model = MLP([64, 32, 10])
loss = model(torch.ones(5, 64)).square().mean()
loss.backward()
print("the first time: fine")
loss.backward()
