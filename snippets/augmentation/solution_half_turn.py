import torch

from dlbook import device
from dlbook.augmentation import rotate
from dlbook.data import digits
from dlbook.fully_connected import MLP
from dlbook.training import fit

x, y = (part.to(device()) for part in digits())
rng = torch.Generator().manual_seed(0)
net = MLP([64, 64, 10], generator=rng).to(x.device)
fit(net, x[:1000].flatten(1), y[:1000], steps=600, lr=0.003, generator=rng)
new, right = x[1000:], y[1000:]
turned = rotate(new, torch.full((len(new),), 180.0))
said = net(turned.flatten(1)).argmax(1)
for digit in 0, 6, 8, 9:
    most = said[right == digit].bincount(minlength=10).argmax().item()
    print(f"{digit} upside down is most often read as {most}")
