import torch

from dlbook.attention import attention, causal_mask

n, reach = 12, 2
window = causal_mask(n) & ~causal_mask(n).tril(-reach - 1)
print("pairs:", int(window.sum()), "of", int(causal_mask(n).sum()))
x = torch.eye(n, dtype=torch.float64, requires_grad=True)
y = x
for layers in (1, 2, 3):
    y = attention(y, y, y, window)
    slopes = torch.autograd.grad(y[-1].sin().sum(), x, retain_graph=True)[0]
    seen = slopes.abs().sum(1).nonzero().flatten()
    print(f"layers {layers}: the last word sees {len(seen)} words,"
          f" from word {seen[0]} on")
