import torch
from torch import nn

from dlbook.torch_nn import MiniModule


class MiniList(MiniModule):
    first = 0

    def __init__(self, modules):
        super().__init__()
        for number, module in enumerate(modules, self.first):
            setattr(self, str(number), module)

    def __getitem__(self, number):
        return getattr(self, str(number + self.first))


class FromOne(MiniList):
    first = 1


class Plain(MiniModule):
    def __init__(self, modules):
        super().__init__()
        self.parts = list(modules)

    def __getitem__(self, number):
        return self.parts[number]


class Running(nn.Module):
    def __init__(self, d, saved=True):
        super().__init__()
        self.register_buffer("mean", torch.zeros(d))
        self.register_buffer("batches", torch.tensor(0), persistent=saved)

    def forward(self, x):
        if self.training:
            self.batches += 1
            self.mean += (x.detach().mean(0) - self.mean) / self.batches
        return x - self.mean


class Sums(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.register_buffer("total", torch.zeros(d))
        self.register_buffer("many", torch.zeros(()))

    def forward(self, x):
        if self.training:
            self.total, self.many = self.total + x.detach().mean(0), self.many + 1
        return x - self.total / self.many


class Always(Running):
    def forward(self, x):
        self.batches += 1
        self.mean += (x.detach().mean(0) - self.mean) / self.batches
        return x - self.mean


class Own(Running):
    def forward(self, x):
        return x - x.mean(0) if self.training else x - self.mean


class Late(Running):
    def forward(self, x):
        y = x - self.mean
        super().forward(x)
        return y


class Trained(Running):
    def __init__(self, d):
        super().__init__(d)
        self.shift = nn.Parameter(torch.zeros(d))


def ablated(net, layer, channel, x, copied=True, which=lambda c: (slice(None), c), removed=True):
    def silence(module, inputs, result):
        result = result.clone() if copied else result
        result[which(channel)] = 0
        return result

    handle = layer.register_forward_hook(silence)
    try:
        return net(x)
    finally:
        if removed:
            handle.remove()


def careless(net, layer, channel, x):
    def silence(module, inputs, result):
        return result.index_fill(1, torch.tensor(channel), 0)

    handle = layer.register_forward_hook(silence)
    y = net(x)
    handle.remove()
    return y


def multiplied(net, layer, channel, x):
    def silence(module, inputs, result):
        keep = torch.ones(result.shape[1])
        keep[channel] = 0
        return result * keep[:, None, None]

    with layer.register_forward_hook(silence):
        return net(x)


ANSWERS = {
    "list": (
        [MiniList],
        [(Plain, "plain list"), (FromOne, "counts from 1"), (list, "WRONG")],
    ),
    "running": (
        [Running, Sums],
        [
            (Always, "goes on learning"),
            (Own, "its own mean only"),
            (Late, "nothing is subtracted yet"),
            (lambda d: Running(d, saved=False), "count is not saved"),
            (Trained, "WRONG  nothing of it is trained"),
        ],
    ),
    "silence": (
        [ablated, multiplied],
        [
            (lambda net, layer, channel, x: ablated(net, layer, channel, x, which=lambda c: c), "an image is silenced"),
            (lambda net, layer, channel, x: ablated(net, layer, channel, x, removed=False), "WRONG  after the call"),
            (careless, "the hook stays where an error"),
            (lambda net, layer, channel, x: net(x), "nothing is silenced"),
        ],
    ),
}
