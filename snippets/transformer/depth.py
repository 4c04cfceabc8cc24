# --8<-- [start:net]
import torch
from torch import Tensor, nn

from dlbook.positional_encoding import positional_encoding
from dlbook.transformer import Encoder


class Reader(nn.Module):
    """Reads a digit as four words of 16 pixels: two rows of it each."""

    waves: Tensor

    def __init__(self, layers, norm, generator):
        super().__init__()
        start = torch.randn(2, 16, 16, generator=generator) / 4
        self.rows, self.read = map(nn.Parameter, (start[0], start[1, :, :10]))
        self.encoder = Encoder(
            16, 2, 32, layers, norm=norm, generator=generator)
        self.register_buffer("waves", positional_encoding(4, 16))

    def forward(self, words):
        x = self.encoder(words @ self.rows + self.waves)
        return x.mean(1) @ self.read
# --8<-- [end:net]


# --8<-- [start:compare]
# about two minutes
from functools import partial

import matplotlib.pyplot as plt

import dlbook
from dlbook.data import digits
from dlbook.experiment import compare, split

x, y = (t.to(dlbook.device()) for t in digits())
words, fig = x.reshape(-1, 4, 16), plt.figure(figsize=(5.5, 2.8))
for depth in 2, 12:
    nets = {f"norm {place}": partial(Reader, depth, norm=place)
            for place in ("after", "before")}
    result = compare(
        nets, lambda seed: split(words, y, seed), steps=200, batch=16,
        seeds=range(8), rates=(1e-4, 3e-4, 1e-3, 3e-3, 1e-2))
    print(f"\n{depth} layers\n{result}")
result.draw(fig.gca())  # of the deep ones
plt.show()
# --8<-- [end:compare]
