# --8<-- [start:nets]
import torch
from torch import nn

from dlbook.attention import MultiHeadAttention
from dlbook.cnn import CNN
from dlbook.fully_connected import MLP
from dlbook.lenet import LeNet
from dlbook.rnn import LSTM


class Rows(nn.Module):
    """Reads a digit as a row of eight: its rows of pixels."""

    def __init__(self, layer):
        super().__init__()
        self.first, self.last = nn.Linear(8, 32), nn.Linear(32, 10)
        self.layer = layer()

    def forward(self, x):
        read = self.layer(self.first(x[:, 0]).relu())
        return self.last((read if torch.is_tensor(read) else read[0])[:, -1])


def dense(*hidden):
    return nn.Sequential(nn.Flatten(), MLP([64, *hidden, 10]))
# --8<-- [end:nets]


# --8<-- [start:table]
# about a minute
from functools import partial

from dlbook.data import digits
from dlbook.experiment import fit_many, split

nets = {"no hidden layer": dense, "one": lambda: dense(64),
        "five": lambda: dense(*[64] * 5),
        "CNN": lambda: CNN((1, 8, 8), [8, 16], [10]),
        "LeNet": lambda: nn.Sequential(nn.ZeroPad2d(10), LeNet()),
        "LSTM": lambda: Rows(lambda: LSTM(32, 32, batch_first=True)),
        "attention": lambda: Rows(lambda: MultiHeadAttention(32, 4))}
makers = {"Adam": torch.optim.Adam,
          "momentum": partial(torch.optim.SGD, momentum=0.9)}
data = split(*digits(), seed=0, validation=500)
rates = [10 ** (k / 2) for k in range(-7, 1)]  # 0.0003 to 1
for name, net in nets.items():
    for how, maker in makers.items():
        many = fit_many(net, range(3), data, steps=200, every=200,
                        rates=rates, optimizer=maker, metric="loss")
        found = many.validation[:, :, -1].nan_to_num(9).median(1).values
        best = int(found.argmin())
        print(f"{name:15} {how:8}: η = {rates[best]:.4f}, loss",
              f"{found[best]:.2f}; with 0.001 {found[1]:.2f}")
# --8<-- [end:table]
