from torch import nn

from dlbook.datasets import load, pixels
from dlbook.fully_connected import MLP
from dlbook.training import Plan, train
from dlbook.training.chance import seeded, torch

data = load("digits")
g = torch.Generator().manual_seed(0)
net = nn.Sequential(nn.Flatten(), MLP([64, 64], generator=g), nn.ReLU(),
                    nn.Dropout(0.5), MLP([64, 10], generator=g))
list(train(net, data.train, Plan(epochs=5)))
x, y = pixels(data.test.x), data.test.y
for mode in ("train", "eval"):
    getattr(net, mode)()
    with torch.no_grad(), seeded(0, 0, x.device):
        answers = [net(x).argmax(1) for _ in range(3)]
    found = [f"{(each == y).double().mean():.1%}" for each in answers]
    other = int((answers[0] != answers[1]).sum())
    print(f"{mode:5} three calls: {', '.join(found)} right;"
          f" {other} answers changed")
