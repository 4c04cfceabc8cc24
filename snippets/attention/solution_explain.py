import torch

from dlbook.attention import attention_weights

g = torch.Generator().manual_seed(0)
query, key = torch.randn(2, 8, 8, generator=g, dtype=torch.float64)
value = torch.randn(8, 2, generator=g, dtype=torch.float64)
a = attention_weights(query[:1], key)[0]
kept = torch.cat([value, torch.ones(8, 1)], 1)  # mixture; sum of weights
free = torch.eye(8) - kept @ torch.linalg.pinv(kept)  # moves neither
change = free[a.argmax()]
most = (a / change)[change > 0].min()  # as far as no weight is negative
for name, w in [("weights", a), ("others", a - most * change)]:
    print(f"{name:8}", *(f"{x:.2f}" for x in w.abs().tolist()), "  mixture",
          *(f"{x:.3f}" for x in (w @ value).tolist()))
