import matplotlib.pyplot as plt
import torch

from dlbook.rnn import RNN

layer = RNN(1, 1).double()
with torch.no_grad():
    for weight, value in zip(layer.parameters(), (1, 0.9, 0, 0), strict=True):
        weight.fill_(value)  # W, U and the two biases
h = [torch.zeros(1, 1, 1, dtype=torch.float64, requires_grad=True)]
for x in (1, 0, 0, 0, 0, 0, 0, 0):
    h.append(layer(torch.full((1, 1, 1), x).double(), h[-1])[1])
back = torch.autograd.grad(h[-1].sum(), h)

fig, (state, gradient) = plt.subplots(1, 2, figsize=(5.5, 2.2))
state.plot([each.item() for each in h], "C0.-")
state.set(xlabel="step", ylabel="h", xlim=(0, 12), ylim=(-1, 1))
gradient.semilogy([each.item() for each in reversed(back)], "C1.-")
gradient.set(xlabel="lag", ylabel="gradient", xlim=(0, 12))
plt.show()
