import torch

from dlbook.rnn import LSTM, RNN, remember
from dlbook.rnn.through_time import gradient_by_lag

rng = torch.Generator().manual_seed(0)
x = torch.randn(41, 64, 8, generator=rng).double()
v = torch.randn(64, 32, generator=rng).double()
print("gradient at lag 10, 20, 40, that at lag 0 is 1")
for name, bias in (("RNN", 0), ("LSTM", 0), ("LSTM", 1), ("LSTM", 3)):
    layer = {"RNN": RNN, "LSTM": LSTM}[name](8, 32, generator=rng).double()
    if bias:
        remember(layer, bias)
    lags = gradient_by_lag(layer, x, v)
    found = "  ".join(f"{lags[k] / lags[0]:.0e}" for k in (10, 20, 40))
    gate = torch.tensor(float(bias)).sigmoid()
    said = f"  σ({bias}) = {gate:.2f}" if name == "LSTM" else ""
    print(f"{name:4} {found}{said}")
