import torch
from torch.nn.functional import pad

from dlbook.cnn import CNN
from dlbook.data import digits

g = torch.Generator().manual_seed(0)
net = CNN((1, 24, 24), [8, 16], [10], padding=0, generator=g).double()
x = pad(digits()[0][:1].double(), [8] * 4)  # a digit on an empty canvas
y = net.features(x)
print("maps", tuple(y.shape[1:]))
for shift in range(1, 9):
    moved = net.features(pad(x, (shift, -shift, 0, 0)))  # to the right
    fits = [s for s in (1, 2) if torch.allclose(y[..., :-s], moved[..., s:])]
    print(f"moved by {shift}: the maps move by", *(fits or ["no whole step"]))
