import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.attention import attention, cost
from dlbook.attention_at_scale import attention_in_blocks as blocks
from dlbook.attention_at_scale.memory import peak_bytes

words, found = [256, 512, 1024, 2048, 4096], []
for n in words:
    qkv = torch.ones(3, n, 64, device=dlbook.device())
    memory = [peak_bytes(f, *qkv) / 2**20 for f in (attention, blocks)]
    work = cost(n, 64, 1).multiply_adds / 1e6
    found.append([memory, [work, work / n]])  # the cache: one row of n
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.7))
for which, ax in enumerate(axes):
    ax.loglog(words, [pair[which] for pair in found], "o-")
    ax.minorticks_off()
    ax.set_xticks(words, words, fontsize=8)
    ax.set(xlabel="words", title=["MiB", "million multiply-adds"][which])
axes[0].text(1900, 90, "plain", ha="right", color="C0")
axes[0].text(4100, 1, "in blocks", ha="right", color="C1")
axes[1].text(1900, 900, "all again", ha="right", color="C0")
axes[1].text(1900, 0.7, "from the cache", ha="right", color="C1")
plt.show()
