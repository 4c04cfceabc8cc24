"""Layers in words that `vmap` knows, and that are fast on a stack.

What they compute is equal, in value and gradient. But some layers of the book
look at the numbers before they compute with them, to refuse what is wrong,
and `vmap` has no single number to look at; and for some of torch's layers it
has no rule.
"""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

from torch import Tensor, nn
from torch.nn import functional

from dlbook import losses
from dlbook.convolution import Conv2d
from dlbook.embedding import Embedding
from dlbook.experiment import _recurrent
from dlbook.fully_connected import Linear
from dlbook.pooling import AvgPool2d, MaxPool2d


def _linear(layer: Linear, x: Tensor) -> Tensor:
    return functional.linear(x, layer.weight, layer.bias)


def _conv2d(layer: Conv2d, x: Tensor) -> Tensor:
    how: Any = layer.stride, layer.padding, layer.dilation, layer.groups
    return functional.conv2d(x, layer.weight, layer.bias, *how)


def _max_pool2d(layer: MaxPool2d, x: Tensor) -> Tensor:
    return functional.max_pool2d(x, layer.kernel, **layer.how)


def _avg_pool2d(layer: AvgPool2d, x: Tensor) -> Tensor:
    return functional.avg_pool2d(x, layer.kernel, **layer.how)


def _embedding(layer: Embedding, ids: Tensor) -> Tensor:
    return functional.embedding(ids.long(), layer.weight, layer.padding_idx)


LAYERS: dict[type[nn.Module], Callable[..., Any]] = {
    AvgPool2d: _avg_pool2d,
    Conv2d: _conv2d,
    Embedding: _embedding,
    Linear: _linear,
    MaxPool2d: _max_pool2d,
    **dict.fromkeys((nn.RNN, nn.GRU, nn.LSTM), _recurrent.sequence),
    **dict.fromkeys((nn.RNNCell, nn.GRUCell, nn.LSTMCell), _recurrent.step),
}


RISING = nn.ReLU, nn.Sigmoid, nn.Tanh  # more in, never less out


def translated(net: nn.Module) -> nn.Module:
    """The network, its layers calling functions that a stack can follow.

    And the maximum is taken before a rising activation that stands before it:
    it comes to the same, in value and gradient, and fewer are left to bend.
    """
    for layer in net.modules():
        if type(layer) is nn.Sequential:
            _pool_first(layer)
        if type(layer) in LAYERS:
            forward = partial(LAYERS[type(layer)], layer)
            setattr(layer, "forward", forward)  # noqa: B010
    return net


def _pool_first(chain: nn.Sequential) -> None:
    for place, (one, two) in enumerate(pairwise(chain)):
        pools = type(two) in (nn.MaxPool2d, MaxPool2d)
        if pools and type(one) in RISING:
            chain[place], chain[place + 1] = two, one


def translated_loss(loss: Callable) -> Callable:
    """Torch's cross-entropy for ours; any other loss as it is."""
    ours = loss is losses.cross_entropy
    return functional.cross_entropy if ours else loss
