import warnings

import torch
from torch import nn

prediction, target = torch.zeros(4, 1), torch.ones(4)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    loss = nn.functional.mse_loss(prediction, target)
for warning in caught:
    print(f"{warning.category.__name__}: {warning.message}")
