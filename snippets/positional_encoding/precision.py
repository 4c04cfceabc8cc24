import matplotlib.pyplot as plt
import torch
from mpmath import mp

from dlbook.positional_encoding import frequencies, sinusoids

mp.dps = 50  # fifty digits: as good as exact
far = [10, 100, 1000, 10_000, 100_000]
single, ours = [], []
for p in far:
    rates = [mp.mpf(10000) ** (-mp.mpf(j) / 64) for j in range(0, 64, 2)]
    exact = torch.tensor([mp.sin(p * w) for w in rates], dtype=torch.float64)
    angles = p * frequencies(64).float()
    single.append((angles.sin() - exact).abs().max().item())
    code = sinusoids(torch.tensor(p), 64)[0::2]
    ours.append((code - exact).abs().max().item())
    print(f"{p:6}: float32 angles off by {single[-1]:.6f}", end=", ")
    print("ours within 6e-8:", ours[-1] < 6e-8)
print("257 in bfloat16:", torch.tensor(257.0).bfloat16().item())
plt.figure(figsize=(5.5, 2.6))
plt.loglog(far, single, "o-", label="float32 angle")
plt.loglog(far, ours, "s--", label="float64 angle, then cast")
plt.gca().set(xlabel="position", ylabel="largest error")
plt.legend()
plt.show()
