import matplotlib.pyplot as plt
import torch

from dlbook.positional_encoding import alibi, positional_encoding, rope

g, n, d = torch.Generator().manual_seed(0), 24, 16
word = torch.randn(1, d, generator=g).expand(n, d)  # the same everywhere
to_query, to_key, table = torch.randn(3, n, n, generator=g)[:, :, :d]
rows = {"none": 0, "learned": table, "sines": positional_encoding(n, d),
        "RoPE": 0, "ALiBi": 0}
_, axes = plt.subplots(1, 5, figsize=(5.5, 1.7), sharey=True)
for ax, (way, row) in zip(axes, rows.items(), strict=True):
    q, k = ((word + row) @ w[:d] / d**0.5 for w in (to_query, to_key))
    if way == "RoPE":
        q, k = rope(q), rope(k)
    scores = q @ k.T / d**0.5
    if way == "ALiBi":
        scores = scores + alibi(n, heads=8)[2]
    scores = scores.masked_fill(torch.ones(n, n).triu(1) > 0, torch.nan)
    ax.imshow(scores.numpy())
    ax.set(title=way, xlabel="key", xticks=[0, 20])
    by_distance = [scores.diagonal(-k) for k in range(n)]
    print(f"{way}: only the distance counts:",
          all(torch.allclose(s, s[:1], atol=1e-4) for s in by_distance))
plt.show()
