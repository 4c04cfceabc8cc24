import torch
from torch import nn

for inplace in (False, True):
    h = torch.tensor([-3.0, 1.0])
    activation = nn.ReLU(inplace=inplace)
    print(f"inplace={inplace}: h + relu(h) =", (h + activation(h)).tolist())
