import warnings

import torch
from torch import nn

from dlbook.transformer import read_mask, write_mask
from dlbook.transformer.torch_weights import from_torch

warnings.simplefilter("ignore")  # torch's nested tensors warn
torch.manual_seed(0)
theirs = nn.Transformer(16, 4, 2, 2, 64, 0.0, batch_first=True).double()
encoder, decoder = from_torch(theirs.encoder), from_torch(theirs.decoder)
x, y = torch.randn(2, 6, 16).double(), torch.randn(2, 4, 16).double()
real = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0]]).bool()
mask, causal = read_mask(real), write_mask(torch.ones(2, 4).bool())
for training, gradients in (True, True), (False, True), (False, False):
    for module in theirs, encoder, decoder:
        module.train(training)
    with torch.set_grad_enabled(gradients):
        ours = decoder(y, encoder(x, mask), causal, mask)
        other = theirs(
            x, y, tgt_mask=~causal[0, 0], src_key_padding_mask=~real,
            memory_key_padding_mask=~real)
    print(f"training {training}, gradients {gradients}: equal",
          torch.allclose(ours, other, atol=1e-12))
