# --8<-- [start:setup]
import torch

import dlbook
from dlbook.experiment import Data, Part
from dlbook.rnn import LSTM, RNN, remember
from dlbook.rnn.recall import Reader, recall


def parts(seed):
    """2,000 sequences to learn from, 500 to choose by, 500 to report."""
    rng = torch.Generator().manual_seed(seed)
    x, y = (t.to(dlbook.device()) for t in recall(3000, 30, rng))
    cuts = [slice(0, 2000), slice(2000, 2500), slice(2500, 3000)]
    return Data(*(Part(x[cut], y[cut]) for cut in cuts))


def make(kind, bias=0.0):
    def network(generator):
        layer = kind(2, 16, batch_first=True, generator=generator)
        if bias:
            remember(layer, bias)
        return Reader(layer, generator)
    return network
# --8<-- [end:setup]


# --8<-- [start:compare]
# about a minute
import matplotlib.pyplot as plt

from dlbook.experiment import Competitor, Metric, Scale, compare


def root(outputs, y):
    return (outputs - y).square().mean().sqrt()


nets = {
    "RNN": Competitor(make(RNN), rates=(0.01, 0.03, 0.1)),
    "LSTM": Competitor(make(LSTM, 3.0), rates=(0.001, 0.003, 0.01)),
}
result = compare(nets, parts, steps=300, batch=16, clip=1.0,
                 loss=torch.nn.MSELoss(),
                 metric=Metric(root, Scale(name="error")))
print(result)
result.draw(plt.figure(figsize=(5, 3)).gca())
plt.show()
# --8<-- [end:compare]
