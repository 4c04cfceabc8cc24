import warnings

import torch
from torch import nn

from dlbook.dropout import Dropout2d

image = torch.ones(3, 6, 6)  # one picture: channels, rows, columns
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    kept = (nn.Dropout2d(0.5)(image) != 0).float()
print("rows whole:", bool((kept == kept[:, :, :1]).all()))
print("maps whole:", bool((kept == kept[:, :1, :1]).all()))
print(str(said[0].message)[:52], "…")
batch = nn.Dropout2d(0.5)(image[None])[0]
print("with four axes, maps whole:", bool((batch == batch[:, :1, :1]).all()))
try:
    Dropout2d(0.5)(image)
except ValueError as error:
    print("ours:", str(error)[:46], "…")
