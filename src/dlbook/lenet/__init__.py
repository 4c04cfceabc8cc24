"""LeNet: the net that is taught today, and the one of 1998."""

from dlbook.lenet.bitmaps import codes
from dlbook.lenet.network import LeNet
from dlbook.lenet.original import LeNet1998, connections, framed, table
from dlbook.lenet.parts import RBF, SparseConv2d, Squash, Subsampling, squash

__all__ = [
    "RBF",
    "LeNet",
    "LeNet1998",
    "SparseConv2d",
    "Squash",
    "Subsampling",
    "codes",
    "connections",
    "framed",
    "squash",
    "table",
]
