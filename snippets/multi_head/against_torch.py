import torch

import dlbook
from dlbook.attention import MultiHeadAttention, padding_mask
from dlbook.attention.torch_weights import to_torch

g = torch.Generator().manual_seed(0)
ours = MultiHeadAttention(12, 3, generator=g).double().to(dlbook.device())
theirs = to_torch(ours)
for name, p in theirs.named_parameters():
    print(f"{name:16} {tuple(p.shape)}")
x = torch.randn(2, 5, 12, generator=g).double().to(dlbook.device())
memory = torch.randn(2, 7, 12, generator=g).double().to(dlbook.device())
may_look = padding_mask([4, 7], device=x.device)  # (2, 1, 1, 7)
y, a = ours(x, memory, may_look), ours.weights(x, memory, may_look)
their_y, their_a = theirs(
    x, memory, memory, key_padding_mask=~may_look[:, 0, 0],
    average_attn_weights=False)
(y.sin().sum() + their_y.sin().sum()).backward()
packed = torch.cat([part.weight.grad
                    for part in (ours.query, ours.key, ours.value)])
print("output, weights of all heads, gradients equal:",
      y.allclose(their_y), a.allclose(their_a),
      packed.allclose(theirs.in_proj_weight.grad),
      ours.output.weight.grad.allclose(theirs.out_proj.weight.grad))
