# --8<-- [start:setup]
import torch
from torch import nn

from dlbook.experiment import Data, Part
from dlbook.rnn import LSTM
from dlbook.rnn.series import daily_prices, temperatures, windows


class Forecast(nn.Module):
    """What comes is what is now, plus something that is learned."""

    def __init__(self, kind, length, generator):
        super().__init__()
        sizes = {"batch_first": True, "generator": generator}
        self.layer = LSTM(1, 16, **sizes) if kind == "LSTM" else None
        self.output = nn.Linear(16 if self.layer else length, 1)
        nn.init.zeros_(self.output.weight)  # so it begins as the naive one
        nn.init.zeros_(self.output.bias)

    def forward(self, x):
        changes = x - x[:, -1:]
        if self.layer:
            changes = self.layer(changes[..., None])[0][:, -1]
        return x[:, -1] + self.output(changes)[:, 0]
# --8<-- [end:setup]


# --8<-- [start:data]
def root(outputs, y):
    return (outputs - y).square().mean().sqrt()


def in_order(series, length, ahead, step=1):
    """Learn from the past, choose by what follows, report what is last."""
    x, y = (t[::step].float() for t in windows(series, length, ahead))
    gap = -(-(length + ahead) // step)  # so that no window reaches across
    cuts = int(0.6 * len(x)), int(0.8 * len(x))
    parts = (slice(cuts[0]), slice(cuts[0] + gap, cuts[1]),
             slice(cuts[1] + gap, None))
    return Data(*(Part(x[part], y[part]) for part in parts), repeats=True)


rng = torch.Generator().manual_seed(0)
series = {
    "log price, percent": (100 * daily_prices()[1].log(), 20, 1, 1),
    "temperature, degrees": (temperatures(730, rng), 24, 6, 7),
}
grids = {"LSTM": (0.01, 0.03, 0.1), "linear": (0.001, 0.003, 0.01)}
# --8<-- [end:data]


# --8<-- [start:compare]
# about half a minute
from functools import partial

import dlbook.experiment as ex
from dlbook.rnn.series import least_error, naive, seasonal_naive

for name, (numbers, length, ahead, step) in series.items():
    data = in_order(numbers, length, ahead, step)
    rules = {"naive": naive(data.test.x)}
    if ahead > 1:  # the temperatures
        rules["seasonal naive"] = seasonal_naive(data.test.x, ahead)
    errors = {k: float(root(each, data.test.y)) for k, each in rules.items()}
    if ahead > 1:
        errors["least possible"] = least_error(ahead)
    nets = {k: ex.Competitor(partial(Forecast, k, length), grid)
            for k, grid in grids.items()}
    metric = ex.Metric(root, ex.Scale(name=name))
    result = ex.compare(nets, data, steps=200, loss=nn.MSELoss(), batch=64,
                        metric=metric, baselines=errors)
    print(result)
    rows = {k: [e] * 5 for k, e in errors.items()}
    rows |= {"LSTM": result.values["LSTM"]}
    print(ex.compare_values(rows, against="LSTM").verdict)
# --8<-- [end:compare]
