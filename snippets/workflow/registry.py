import torch

from dlbook.fully_connected import MLP, count_parameters

FACTORIES = {}


def register(name):
    def remember(factory):
        return FACTORIES.setdefault(name, factory)
    return remember


@register("linear")
def linear(pixels, classes):
    return MLP([pixels, classes], generator=torch.Generator())


@register("mlp")
def mlp(pixels, classes):
    return MLP([pixels, 128, classes], generator=torch.Generator())


for name, make in FACTORIES.items():
    print(f"{name}: {count_parameters(make(784, 10)):,} parameters")
