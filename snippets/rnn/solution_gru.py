import torch

from dlbook.rnn import GRU, RNN

rng = torch.Generator().manual_seed(0)
gru, rnn = GRU(3, 4, generator=rng), RNN(3, 4, generator=rng)
with torch.no_grad():
    for name, weight in gru.named_parameters():
        weight[:8] = 0.0
        weight[8:] = getattr(rnn, name)
    gru.bias_ih_l0[:4], gru.bias_ih_l0[4:8] = 20.0, -20.0
x = torch.randn(9, 2, 3, generator=rng)
print("equal:", torch.allclose(gru(x)[0], rnn(x)[0], atol=1e-6))
