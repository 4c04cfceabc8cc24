from torch import nn

from dlbook.fully_connected import count_parameters
from dlbook.normalization import (
    BatchNorm,
    GroupNorm,
    InstanceNorm,
    LayerNorm,
    RMSNorm,
)

print("for 64 channels of 32 × 32   learned    stored")
for name, layer in {
    "batch": BatchNorm(64),
    "layer, all of an example": LayerNorm((64, 32, 32)),
    "layer, one group": GroupNorm(1, 64),
    "group": GroupNorm(8, 64),
    "instance": InstanceNorm(64),
    "RMS, all of an example": RMSNorm((64, 32, 32)),
    "a 3×3 convolution": nn.Conv2d(64, 64, 3, padding=1, bias=False),
}.items():
    stored = sum(buffer.numel() for buffer in layer.buffers())
    print(f"{name:24} {count_parameters(layer):11,} {stored:9}")
