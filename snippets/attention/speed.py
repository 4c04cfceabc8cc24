# --8<-- [start:measure]
import time

import torch
from torch.nn.functional import scaled_dot_product_attention as fused

import dlbook
from dlbook.attention import attention


def measure(f, n):
    """Milliseconds there and back, and MiB kept for the way back."""
    qkv = [torch.ones(1, 4, n, 64, device=dlbook.device()).requires_grad_()
           for _ in range(3)]
    kept = {}

    def keep(x):
        kept[x.untyped_storage().data_ptr()] = x.untyped_storage().nbytes()
        return x

    start = time.perf_counter()
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda x: x):
        y = f(*qkv)
    y.sum().backward()
    qkv[0].grad.sum().item()  # on a GPU: wait until all is done
    return 1000 * (time.perf_counter() - start), sum(kept.values()) / 2**20
# --8<-- [end:measure]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

sizes, results = [128, 256, 512, 1024, 2048], {}
for name, f in [("naive", attention), ("fused", fused)]:
    runs = [[measure(f, n) for n in sizes] for _ in range(4)]
    results[name] = torch.tensor(runs).amin(0).T  # time, memory
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.8))
titles = ["milliseconds", "MiB kept for the gradient"]
for ax, title, row in zip(axes, titles, (0, 1), strict=True):
    for name, numbers in results.items():
        ax.loglog(sizes, numbers[row], "o-", label=name)
    ax.set(title=title, xlabel="words n")
    ax.minorticks_off()
    ax.set_xticks(sizes, sizes, fontsize=8)
axes[0].legend()
(t, m), (t_fused, m_fused) = (results[k][:, -1] for k in ("naive", "fused"))
print("at 2048 words fused is faster:", bool(t_fused < t),
      " keeps less:", bool(m_fused < m))
plt.show()
# --8<-- [end:draw]
