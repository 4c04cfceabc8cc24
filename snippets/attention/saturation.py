import matplotlib.pyplot as plt
import torch

sizes, g = [4, 16, 64, 256, 1024], torch.Generator().manual_seed(0)
fig, (share, slope) = plt.subplots(1, 2, figsize=(5.5, 2.8))
for name, power in [("q·k", 0), ("q·k / √d_k", 0.5), ("q·k / d_k", 1)]:
    shares, slopes = [], []
    for d_k in sizes:
        q = torch.randn(400, 1, d_k, generator=g, dtype=torch.float64)
        k = torch.randn(400, 10, d_k, generator=g, dtype=torch.float64)
        a = (q @ k.mT / d_k**power).softmax(-1)  # 400 times, over ten keys
        to_scores = a.mT * (torch.eye(10) - a)  # derivatives of a
        to_query = to_scores @ k / d_k**power
        shares.append(torch.special.entr(a).sum(-1).mean().exp())
        slopes.append(to_query.norm(dim=(1, 2)).median())
    print(f"{name:10} {slopes[2]:.2f} at d_k = 64, {slopes[3]:.2f} at 256")
    share.semilogx(sizes, shares, "o-", label=name)
    slope.loglog(sizes, slopes, "o-")
share.set(title="words that share", ylim=(0, 10.5), xlabel="d_k")
slope.set(title="typical size of ∂a/∂q", xlabel="d_k")
for ax in (share, slope):
    ax.set_xticks(sizes, sizes)
    ax.minorticks_off()
share.legend(fontsize=8, loc=(0.42, 0.32))
plt.show()
