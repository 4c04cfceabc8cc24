import torch
from torch import nn

from dlbook.transformer import write_mask
from dlbook.transformer.torch_weights import from_torch

torch.manual_seed(0)
real = torch.tensor([[1, 1, 1, 1], [0, 0, 1, 1]]).bool()  # at the left
closed = ~torch.ones(4, 4).bool().tril()
for first in False, True:
    theirs = nn.TransformerEncoderLayer(
        16, 4, 64, dropout=0.0, activation="gelu", batch_first=True,
        norm_first=first).double()
    ours = from_torch(theirs)
    x = torch.randn(2, 4, 16).double()
    theirs(x, closed, src_key_padding_mask=~real)[real].sum().backward()
    ours(x, write_mask(real))[real].sum().backward()
    for p in theirs.parameters():
        p.data = p.grad  # to have the gradients under our names
    slopes = from_torch(theirs).state_dict()
    print("norm", "before:" if first else "after: ", all(
        torch.allclose(p.grad, slopes[name], atol=1e-12)
        for name, p in ours.named_parameters()))
