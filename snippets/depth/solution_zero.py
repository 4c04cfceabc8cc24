from torch import nn

from dlbook.data import digits
from dlbook.fully_connected import MLP

images, labels = digits()
x = images.flatten(1).double()
net = MLP([64, 32, 10]).double()
for p in net.parameters():
    p.data.zero_()
nn.functional.cross_entropy(net(x), labels).backward()
for name, p in net.named_parameters():
    print(f"{name:15} gradient is not 0 at {int((p.grad != 0).sum()):2}"
          f" of {p.numel()} numbers")
