import torch
from torch import nn

torch.manual_seed(0)
layer = nn.TransformerEncoderLayer(16, 4, 64, dropout=0.0, batch_first=True)
x = torch.randn(1, 5, 16)
other = x.clone()
other[:, 3:] = 0  # another future
with torch.no_grad():
    y, moved = (layer.eval()(each, is_causal=True) for each in (x, other))
print("the past stays:", torch.equal(y[:, :3], moved[:, :3]))
layer.train()(x, is_causal=True)
