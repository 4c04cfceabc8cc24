# --8<-- [start:measure]
import time

import torch
from torch.nn.functional import scaled_dot_product_attention as fused

import dlbook
from dlbook.attention import attention
from dlbook.attention_at_scale import attention_in_blocks as blocks


def measure(f, n):
    """Milliseconds there and back, and MiB kept for the way back."""
    qkv = torch.ones(3, 1, 4, n, 64, device=dlbook.device()).requires_grad_()
    start, kept = time.perf_counter(), {}

    def keep(x):
        kept[x.untyped_storage().data_ptr()] = x.untyped_storage().nbytes()
        return x

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda x: x):
        y = f(*qkv)
    y.sum().backward()
    qkv.grad.sum().item()  # on a GPU: wait until all is done
    return 1000 * (time.perf_counter() - start), sum(kept.values()) / 2**20
# --8<-- [end:measure]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

sizes, best = [128, 256, 512, 1024, 2048], []
for f in (attention, blocks, fused):
    runs = [[measure(f, n) for n in sizes] for _ in range(3)]
    best.append(torch.tensor(runs).amin(0))
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.8))
for which, ax in enumerate(axes):
    ax.loglog(sizes, torch.stack(best)[..., which].T, "o-")
    ax.set(title=["milliseconds", "MiB kept"][which], xlabel="words n")
    ax.minorticks_off()
    ax.set_xticks(sizes, sizes, fontsize=8)
axes[0].legend(["plain", "in blocks", "fused"])
kept = torch.stack(best)[:, -1, 1]  # MiB at 2048 words
print("blocks and fused keep less than a quarter:",
      (kept[1:] < kept[0] / 4).tolist())
plt.show()
# --8<-- [end:draw]
