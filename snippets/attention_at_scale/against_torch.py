import torch
from torch.nn.functional import scaled_dot_product_attention as fused

import dlbook
from dlbook.attention import attention, causal_mask
from dlbook.attention_at_scale import attention_in_blocks

g = torch.Generator().manual_seed(0)
draw = torch.randn(4, 2, 3, 300, 16, generator=g, dtype=torch.float64)
*qkv, grad = draw.to(dlbook.device()).requires_grad_().unbind()
for causal in (False, True):
    mask = causal_mask(300, device=grad.device) if causal else None
    ways = {"plain": attention(*qkv, mask),
            "in blocks": attention_in_blocks(*qkv, causal=causal),
            "fused": fused(*qkv, is_causal=causal)}
    slopes = {way: torch.autograd.grad(y, qkv, grad.detach())
              for way, y in ways.items()}
    for way in ("in blocks", "fused"):
        same = [a.allclose(b, atol=1e-10)
                for a, b in zip(slopes[way], slopes["plain"], strict=True)]
        print(f"causal {causal!s:5} {way:9} = plain:",
              ways[way].allclose(ways["plain"], atol=1e-10), *same)
