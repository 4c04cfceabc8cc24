import torch

from dlbook.positional_encoding import alibi_slopes
from dlbook.positions import released_slopes

print("8 heads, the same:", torch.equal(alibi_slopes(8), released_slopes(8)))
for name, slopes_of in ("formula", alibi_slopes), ("code", released_slopes):
    print(f"6 heads, {name:7}", *(f"{m:.4f}" for m in slopes_of(6)))
