"""The nn library: a module of our own, LeNet in three ways, and tools."""

from dlbook.torch_nn.lenets import (
    SubclassLeNet,
    functional_lenet,
    sequential_lenet,
)
from dlbook.torch_nn.module import MiniModule
from dlbook.torch_nn.start import draw_as_torch, fan_in
from dlbook.torch_nn.tree import Node, draw_tree, hidden, tree

__all__ = [
    "MiniModule",
    "Node",
    "SubclassLeNet",
    "draw_as_torch",
    "draw_tree",
    "fan_in",
    "functional_lenet",
    "hidden",
    "sequential_lenet",
    "tree",
]
