import matplotlib.pyplot as plt
import torch

sizes, g = [4, 16, 64, 256, 1024], torch.Generator().manual_seed(0)
fig, (top, slope) = plt.subplots(1, 2, figsize=(5.5, 2.8))
for name, power in [("q·k", 0), ("q·k / √d_k", 0.5), ("q·k / d_k", 1)]:
    largest, slopes = [], []
    for d_k in sizes:
        q = torch.randn(400, 1, d_k, generator=g, dtype=torch.float64)
        k = torch.randn(400, 10, d_k, generator=g, dtype=torch.float64)
        a = (q @ k.mT / d_k**power).softmax(-1)  # 400 times, over ten keys
        to_scores = a.mT * (torch.eye(10) - a)  # derivatives of a
        to_query = to_scores @ k / d_k**power
        largest.append(a.amax(-1).mean())
        slopes.append(to_query.norm(dim=(1, 2)).median())
    top.semilogx(sizes, largest, "o-", label=name)
    slope.loglog(sizes, slopes, "o-")
top.set(title="mean of the largest weight", xlabel="d_k", ylim=(0, 1.05))
slope.set(title="typical size of ∂a/∂q", xlabel="d_k")
for ax in (top, slope):
    ax.minorticks_off()
    ax.set_xticks(sizes, sizes)
top.legend(fontsize=8, loc=(0.45, 0.42))
plt.show()
