import torch

from dlbook.attention import attention, causal_mask
from dlbook.positional_encoding import rope

g = torch.Generator().manual_seed(0)
q, k, v = torch.randn(3, 6, 8, generator=g).double()
mask = causal_mask(6)
for start in 0, 100:  # the same six words, a hundred places on
    places = torch.arange(start, start + 6)
    turned = rope(q, places), rope(k, places)
    kept = attention(*turned, v, mask)[-1, :3]
    lost = attention(*turned, rope(v, places), mask)[-1, :3]
    print(f"from place {start:3}: q and k turned",
          *(f"{x:5.2f}" for x in kept))
    print("              and v as well ", *(f"{x:5.2f}" for x in lost))
