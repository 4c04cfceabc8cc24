# --8<-- [start:layer]
import torch
from torch.nn.functional import cross_entropy, scaled_dot_product_attention

import dlbook
from dlbook.positional_encoding import alibi, positional_encoding, rope


class OneLayer(torch.nn.Module):
    def __init__(self, kind, generator):
        super().__init__()
        start = torch.randn(5, 32, 32, generator=generator) / 32**0.5
        self.kind, self.weight = kind, torch.nn.Parameter(start)

    def forward(self, digits):
        n, (embed, *qkv, out) = digits.shape[1], self.weight
        x = 6 * embed[digits]
        if self.kind == "sinusoid":
            x = x + positional_encoding(n, 32).to(x)
        q, k, v = (x @ w for w in qkv)
        if self.kind == "RoPE":
            q, k = rope(q), rope(k)
        bias = alibi(n, heads=8)[0].to(x)  # slope 1/2, as in the first head
        if self.kind != "ALiBi":  # keep the mask: nobody looks ahead
            bias = torch.where(bias > -torch.inf, 0, bias)
        return scaled_dot_product_attention(q, k, v, attn_mask=bias) @ out.T
# --8<-- [end:layer]


# --8<-- [start:tasks]
def three_back(n, g):
    digits = torch.randint(10, (16, n), generator=g)
    answer = digits.roll(3, dims=1)
    answer[:, :3] = -100  # there is none: cross_entropy leaves these out
    return digits, answer


def last_seen(n, g):
    digits = torch.randint(1, 10, (16, n), generator=g)
    digits = digits * (torch.rand(16, n, generator=g) < 0.3)  # 0 is a gap
    at = torch.where(digits > 0, torch.arange(n), 0).cummax(1).values
    return digits, digits.gather(1, at)


g = torch.Generator().manual_seed(1)
for task in (three_back, last_seen):
    digits, answer = task(12, g)
    print(task.__name__)
    print("  reads  ", *digits[0].tolist())
    print("  answers", *(a if a >= 0 else "-" for a in answer[0].tolist()))
# --8<-- [end:tasks]


# --8<-- [start:measure]
import matplotlib.pyplot as plt

lengths, there = [24, 48, 96, 192], dlbook.device()
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.8), sharey=True)
for ax, task in zip(axes, (three_back, last_seen), strict=True):
    for kind in ("none", "sinusoid", "RoPE", "ALiBi"):
        g = torch.Generator().manual_seed(0)
        net = OneLayer(kind, g).double().to(there)
        step = torch.optim.Adam(net.parameters(), lr=0.01)
        for _ in range(200):
            digits, answer = (t.to(there) for t in task(24, g))
            step.zero_grad()
            cross_entropy(net(digits).mT, answer).backward()
            step.step()
        right = []
        for n in lengths:
            digits, answer = (t.to(there) for t in task(n, g))
            hit = (net(digits)[..., :10].argmax(-1) == answer)[answer >= 0]
            right.append(hit.double().mean().item())
        ax.semilogx(lengths, right, "o-", label=kind)
    ax.set(title=task.__name__, xlabel="length", ylim=(0, 1.05))
    ax.minorticks_off()
    ax.set_xticks(lengths, lengths)
axes[1].legend(fontsize=8, loc="lower left")
plt.show()
# --8<-- [end:measure]
