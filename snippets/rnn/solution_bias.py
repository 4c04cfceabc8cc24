import torch

from dlbook.rnn import LSTM, remember
from dlbook.rnn.through_time import gradient_by_lag

rng = torch.Generator().manual_seed(0)
x = torch.randn(41, 16, 8, generator=rng).double()
v = torch.randn(16, 32, generator=rng).double()
for bias in (1.0, 2.0, 3.0, 4.0):
    found = []
    for _ in range(5):
        layer = LSTM(8, 32, generator=rng).double()
        remember(layer, bias)
        lags = gradient_by_lag(layer, x, v)
        found.append((lags[40] / lags[0]).item())
    many = sum(share > 0.1 for share in found)
    print(f"bias {bias:.0f}: above a tenth in {many} of 5")
