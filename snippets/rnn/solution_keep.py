import torch

from dlbook.rnn import LSTM

layer = LSTM(2, 1)
with torch.no_grad():
    for weight in layer.parameters():
        weight.zero_()
    layer.weight_ih_l0[0, 1] = 40.0  # input gate: opened by the second input
    layer.weight_ih_l0[2, 0] = 1.0  # g reads the first input
    layer.bias_ih_l0.copy_(torch.tensor([-20.0, 20.0, 0.0, 20.0]))
x = torch.randn(200, 1, 2, generator=torch.Generator().manual_seed(0))
x[:, :, 1] = 0.0
x[0, 0] = torch.tensor([0.7, 1.0])  # write 0.7 now
y, (h, c) = layer(x)
print(f"cell after 1 step {torch.tensor(0.7).tanh().item():.4f},"
      f" after 200 steps {c.item():.4f}")
