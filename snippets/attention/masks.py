import matplotlib.pyplot as plt
import torch

from dlbook.attention import attention_weights, causal_mask, padding_mask

g = torch.Generator().manual_seed(2)
query, key = torch.randn(2, 6, 8, generator=g)
padding = padding_mask([4, 6])[0, 0].expand(6, 6)  # 4 words, padded to 6
masks = {"padding": padding, "causal": causal_mask(6),
         "padding & causal": padding & causal_mask(6)}
fig, axes = plt.subplots(2, 3, figsize=(5.5, 3.9), sharex=True, sharey=True)
for (name, mask), (above, below) in zip(masks.items(), axes.T, strict=True):
    weights = attention_weights(query, key, mask)
    print(f"{name:16} may look: {int(mask.sum())} of 36, each row sums to 1:",
          torch.allclose(weights.sum(1), torch.ones(6)))
    above.imshow(mask.numpy(), vmin=0, vmax=1)
    above.set_title(name)
    below.imshow(weights.numpy(), vmin=0, vmax=1)
    below.set(xlabel="key", xticks=range(6), yticks=range(6))
axes[0, 0].set_ylabel("query: the mask")
axes[1, 0].set_ylabel("query: the weights")
plt.show()
