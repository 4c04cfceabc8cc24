# --8<-- [start:count]
import weakref

import torch
from torch.autograd.graph import saved_tensors_hooks
from torch.nn.functional import cross_entropy

from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet

model, train, kept = LeNet(), load("fashion-small").train, []


def pack(tensor):
    kept.append(weakref.ref(tensor := tensor.detach()))
    return tensor


def add_up(number, backward):
    total = torch.zeros(())
    for part in torch.arange(640).split(64):
        loss = cross_entropy(model(pixels(train.x[part])), train.y[part])
        if backward:
            loss.backward()
        total = total + number(loss)
    return total, sum(tensor() is not None for tensor in kept)
# --8<-- [end:count]


# --8<-- [start:report]
def graphs(total):
    many, node = 0, total.grad_fn
    while node is not None:  # from one addition to the one before
        many, node = many + 1, node.next_functions[0][0]
    return many


with saved_tensors_hooks(pack, lambda tensor: tensor):
    for backward in (True, False):
        for number in (torch.Tensor.detach, lambda loss: loss):
            total, tensors = add_up(number, backward)
            print(f"backward: {backward!s:5}  kept:",
                  f"{graphs(total):2} graphs, {tensors:3} tensors")
# --8<-- [end:report]
