"""A whole convolutional network, and the table of its layers."""

from dlbook.cnn.network import CNN, feature_shape, hidden_width
from dlbook.cnn.table import layer_table

__all__ = ["CNN", "feature_shape", "hidden_width", "layer_table"]
