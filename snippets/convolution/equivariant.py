import matplotlib.pyplot as plt
import torch

n, g = 8, torch.Generator().manual_seed(0)
dense = torch.randn(n, n, generator=g, dtype=torch.float64)
eye = torch.eye(n, dtype=torch.float64)
shifts = [eye.roll(t, dims=0) for t in range(n)]  # shifts[t] @ x moves by t
shared = sum(s.T @ dense @ s for s in shifts) / n  # there, through, and back
local = shared * sum(shifts[-u] for u in range(3))  # w₀, w₁, w₂ stay

S = shifts[1]
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.2))
names = ["dense", "equivariant", "and local"]
for ax, name, W in zip(axes, names, [dense, shared, local], strict=True):
    weights = W[W != 0].round(decimals=9).unique().numel()
    moves = torch.allclose(W @ S, S @ W)
    print(f"{name:11}: W S = S W {moves!s:5} {weights} weights")
    ax.imshow((W / W.abs().max()).numpy(), cmap="cividis", vmin=-1, vmax=1)
    ax.set(title=f"{name}: {weights}", xlabel="pixel j")
axes[0].set_ylabel("output i")
plt.show()
