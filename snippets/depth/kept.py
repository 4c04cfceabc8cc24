from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.forward import saved, saved_bytes
from dlbook.fully_connected import MLP, count_parameters

x = digits()[0][:100].flatten(1).clone().to(dlbook.device())
model = MLP([64, 32, 16, 10], activation=nn.ReLU).to(dlbook.device())
for tensor in saved(model, x):
    print(tuple(tensor.shape), f"{4 * tensor.numel():,} bytes")
formula = 4 * 100 * (64 + 32 + 16)
print(f"together {saved_bytes(model, x):,}, by the formula {formula:,}")
print(f"the weights themselves {4 * count_parameters(model):,}")
