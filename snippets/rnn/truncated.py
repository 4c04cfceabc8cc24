import torch

from dlbook.rnn import RNN

rng = torch.Generator().manual_seed(0)
layer = RNN(1, 4, generator=rng).double()
x = torch.randn(20, 1, 1, generator=rng).double()
for cut in (False, True):
    x.grad, state = None, None
    for piece in x.requires_grad_().split(10):
        y, state = layer(piece, state)
        state = state.detach() if cut else state
    y[-1].sum().backward()
    reached = int(x.grad.count_nonzero())
    print(f"detached: {cut!s:5}  last state {y[-1].sum().item():.4f}"
          f"  inputs with a gradient: {reached}")
