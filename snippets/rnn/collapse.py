import torch

from dlbook.rnn import RNN

rng = torch.Generator().manual_seed(0)
line = RNN(2, 3, nonlinearity="none", bias=False, generator=rng).double()
x = torch.randn(50, 1, 2, generator=rng).double()
y, _ = line(x)
W, U = line.weight_ih_l0, line.weight_hh_l0
power = torch.linalg.matrix_power
h = sum(power(U, 49 - t) @ W @ x[t, 0] for t in range(50))
print("loop and powers agree:", torch.allclose(y[-1, 0], h))
print("doubled input, doubled state:", torch.allclose(line(2 * x)[0], 2 * y))
zeros = torch.zeros_like(x)
print("nothing read, state:", line(zeros)[0][-1, 0].tolist())
for radius in (0.5, 1.5):
    scaled = U * radius / torch.linalg.eigvals(U).abs().max()
    print(radius, "to the 49th:", f"{power(scaled, 49).norm().item():.0e}")
