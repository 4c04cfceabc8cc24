import torch
from torch import nn

rng = torch.Generator().manual_seed(0)
layer = nn.RNN(3, 4)
W, U, b, c = layer.parameters()  # of the input, of the state, two biases
x = torch.randn(6, 2, 3, generator=rng)  # 6 steps, 2 sequences, 3 numbers
h, states = torch.zeros(2, 4), []
for x_t in x:
    h = torch.tanh(x_t @ W.T + b + h @ U.T + c)
    states.append(h)
y, last = layer(x)
print(y.shape, "one state for each step of each sequence")
print("equal:", torch.allclose(torch.stack(states), y, atol=1e-6))
print("the last one comes again:", torch.equal(y[-1], last[0]))
