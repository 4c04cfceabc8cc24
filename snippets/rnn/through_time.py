import torch

from dlbook.rnn import RNN
from dlbook.rnn.through_time import rnn_backward

rng = torch.Generator().manual_seed(0)
layer = RNN(3, 4, generator=rng).double()
x = torch.randn(9, 2, 3, generator=rng).double()
start = torch.zeros(1, 2, 4).double()
h, _ = layer(x, start)
grad = torch.randn(h.shape, generator=rng).double()  # dL/dh_t
h.backward(grad)
with torch.no_grad():
    W, U = layer.weight_ih_l0, layer.weight_hh_l0
    found = rnn_backward(grad, x, h, start[0], W, U)
pairs = {"W": (found.w_ih, W), "U": (found.w_hh, U),
         "b": (found.bias, layer.bias_ih_l0)}
for name, (mine, weight) in pairs.items():
    print(name, "equal:", torch.allclose(mine, weight.grad))
