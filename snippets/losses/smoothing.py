import math

import matplotlib.pyplot as plt
import torch

from dlbook.losses import cross_entropy

gap = torch.linspace(-2, 12, 141, dtype=torch.float64)
logits = torch.zeros(141, 10, dtype=torch.float64)
logits[:, 0] = gap  # the right class, so far above the nine others
right = torch.zeros(141, dtype=torch.int64)
plt.figure(figsize=(5.5, 2.6))
for i, eps in enumerate((0, 0.1, 0.3)):
    how = {"label_smoothing": eps, "reduction": "none"}
    loss = cross_entropy(logits, right, **how)
    plt.plot(gap.numpy(), loss.numpy(), label=f"ε = {eps}")
    best = loss.argmin()
    print(f"ε = {eps}: lowest {loss[best]:.2f} at a gap of {gap[best]:.1f}")
    if eps:
        print(f"   formula: {math.log(1 + 10 * (1 - eps) / eps):.1f}")
        plt.plot(gap[best].item(), loss[best].item(), "o", color=f"C{i}")
plt.legend()
plt.gca().set(xlabel="gap to the other logits", ylabel="loss", ylim=(0, 5))
plt.show()
