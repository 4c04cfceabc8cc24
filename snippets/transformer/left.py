import torch
from torch import nn

from dlbook.transformer import write_mask
from dlbook.transformer.torch_weights import from_torch

torch.manual_seed(0)
layer = nn.TransformerEncoderLayer(16, 4, 64, dropout=0.0, batch_first=True)
theirs = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
x = torch.randn(1, 5, 16)
ours = from_torch(theirs)
real = torch.tensor([[0, 0, 1, 1, 1]]).bool()
closed = ~torch.ones(5, 5).bool().tril()
for training, gradients in (True, True), (False, True), (False, False):
    with torch.set_grad_enabled(gradients):
        y = theirs.train(training)(x, closed, src_key_padding_mask=~real)
        mine = ours.train(training)(x, write_mask(real))
    print("training  " if training else "evaluation",
          "with gradients:   " if gradients else "without gradients:",
          "NaN at", y.isnan().any(-1)[0].int().tolist(),
          "ours", mine.isnan().any(-1)[0].int().tolist())
