"""The code of the book: one idea per module, each as short as it can be read.

Importing `dlbook` imports no torch, so that the pages can be built without it.
A module comes when it is first asked for: `import dlbook`, and
`dlbook.convolution.conv2d` is there. These are its modules:

    activations          Activations: the bends between the layers, and how steep they are.
    alexnet              AlexNet: that of 2012 with two towers, that of one GPU, and a small twin.
    approximation        Approximation: what networks can draw, and with how many units.
    attention            Attention: each word asks all words, and mixes what they hold.
    attention_at_scale   Attention for long texts: in blocks, with a cache, with grouped heads.
    augmentation         Data augmentation: other views of the same images, with the same labels.
    backprop             Backpropagation: the four equations, and an autograd of our own.
    batch_size           Batch size: how far a batch's gradient is from that of all examples.
    book                 The machinery that ties pages, listings and site together. The chapters import nothing from here.
    captioning           Captions: a picture goes in, words come out.
    cnn                  A whole convolutional network, and the table of its layers.
    convolution          Convolution: one small set of weights, laid over every place of an image.
    data                 Real data that needs no download.
    datasets             Data sets that a classifier is trained on, by name.
    drawing              Pictures of networks, drawn from the networks themselves.
    dropout              Dropout: in training random units give 0, and those kept give more.
    embedding            Embedding: each id gets a row of weights, to be learned.
    exercises            Exercises that answer: run yours, and read what is right and what is not.
    experiment           Experiments: how this book may say that something is better.
    forward              Forward propagation: what a model computes on the way, and what it keeps.
    fully_connected      Fully connected networks: a unit reads all numbers of the layer before.
    googlenet            GoogLeNet: blocks of four branches, the net of 2014, and a small one.
    gradient_descent     Gradient descent: small steps against the gradient, and faster ones.
    lenet                LeNet: the net that is taught today, and the one of 1998.
    losses               Losses: how wrong a prediction is, as one number to be made small.
    lrn                  Local response normalisation: each channel, damped by its neighbours.
    mini_batches         Mini-batches: what the graphs of the parts keep, and gradients that add up.
    normalization        Normalisation layers: they differ in which numbers share one mean.
    optimizers           What optimisers add: decay, schedules, averages, preconditioning.
    pooling              Pooling: one number for each window, channel by channel; nothing to learn.
    positional_encoding  Positional encoding: telling a network where each word stands.
    positions            Positions in attention: five ways to tell a model where words stand.
    rnn                  Recurrent networks: a state that is carried from step to step.
    torch_nn             The nn library: a module of our own, LeNet in three ways, and tools.
    training             Training: the loop that knows no model.
    transformer          The Transformer: layers that read, layers that write, and all of it.
    vocabulary           From text to numbers, and back again.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

__version__ = "0.1.0"


def device() -> "torch.device":
    """The device that the book's listings compute on.

    The environment variable `DLBOOK_DEVICE` names it (`cpu`, `cuda`, `mps`,
    …). Without it, or with `auto`, it is the first GPU if torch finds one,
    else the CPU.
    """
    import torch

    name = os.environ.get("DLBOOK_DEVICE", "auto")
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)


def __dir__() -> list[str]:
    from pkgutil import iter_modules

    names = {module.name for module in iter_modules(__path__)}
    return sorted(
        {*globals(), *(name for name in names if name[0] != "_")}
    )


def __getattr__(name: str):  # a module: what is in it, no type checker sees
    from importlib import import_module

    if name.startswith("_") or name not in __dir__():
        raise AttributeError(f"module 'dlbook' has no attribute {name!r}")
    return import_module(f"dlbook.{name}")
