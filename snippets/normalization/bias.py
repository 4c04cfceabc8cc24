import torch
from torch.nn import Flatten, Sequential
from torch.nn.functional import cross_entropy

from dlbook.convolution import Conv2d
from dlbook.data import digits
from dlbook.fully_connected import Linear
from dlbook.normalization import BatchNorm

generator = torch.Generator().manual_seed(0)
x, y = (t[:64] for t in digits())
conv = Conv2d(1, 4, 3, generator=generator)
last = Linear(144, 10, generator=generator)
net = Sequential(conv, BatchNorm(4), Flatten(), last)
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
for shift in 0, 10:  # added to each bias
    conv.bias.data += shift
    loss = cross_entropy(net(x), y)
    optimizer.zero_grad()
    loss.backward()
    steepest = conv.bias.grad.abs().max().item()
    print(f"loss {loss.item():.3f}, slopes below 1e-6: {steepest < 1e-6}")
before = conv.bias.clone()
optimizer.step()
print("Adam moves them:", bool((conv.bias - before).abs().max() > 1e-5))
