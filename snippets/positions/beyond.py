# --8<-- [start:layer]
import torch
from torch.nn.functional import scaled_dot_product_attention

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
        y = scaled_dot_product_attention(q, k, v, attn_mask=bias)
        return (y @ out[:10].T).mT  # ten scores for each place
# --8<-- [end:layer]


# --8<-- [start:tasks]
def three_back(n, count, g):
    digits = torch.randint(10, (count, n), generator=g)
    answer = digits.roll(3, dims=1)
    answer[:, :3] = -100  # there is none: cross_entropy leaves these out
    return digits, answer


def last_seen(n, count, g):
    digits = torch.randint(1, 10, (count, n), generator=g)
    digits = digits * (torch.rand(count, n, generator=g) < 0.3)  # 0 is a gap
    at = torch.where(digits > 0, torch.arange(n), 0).cummax(1).values
    return digits, digits.gather(1, at)


g = torch.Generator().manual_seed(1)
for task in (three_back, last_seen):
    digits, answer = task(12, 16, g)
    print(task.__name__)
    print("  reads  ", *digits[0].tolist())
    print("  answers", *(a if a >= 0 else "-" for a in answer[0].tolist()))
# --8<-- [end:tasks]


# --8<-- [start:learn]
from dlbook.experiment import Data, Metric, Scale, compare


def right(scores, answer):
    hit = scores.argmax(1) == answer
    return hit[answer >= 0].float().mean()


def learn(task, kinds):
    """For each kind networks from five starts, at their best rate."""
    g = torch.Generator().manual_seed(0)
    parts = [task(24, count, g) for count in (4000, 200, 200)]
    make = {kind: lambda generator, kind=kind: OneLayer(kind, generator)
            for kind in kinds}
    result = compare(
        make, Data(*parts, repeats=True), steps=300, batch=16,
        metric=Metric(right, Scale("points", "more", "right", 100)),
        rates=(0.001, 0.003, 0.01, 0.03, 0.1), strict=False, extensions=0,
        baselines={"constant": 0.1},
    )
    return {kind: [each.network(seed) for seed in range(5)]
            for kind, each in result.entrants.items()}
# --8<-- [end:learn]


# --8<-- [start:measure]
# about a minute and a half
import matplotlib.pyplot as plt

from dlbook.experiment import compare_values

lengths, kinds = [24, 48, 96, 192], ["none", "sinusoid", "RoPE", "ALiBi"]
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.8), sharey=True)
for ax, task, first in zip(
        axes, (three_back, last_seen), kinds[2:], strict=True):
    g, last = torch.Generator().manual_seed(1), {}
    lines = [task(n, 100, g) for n in lengths]
    for kind, nets in learn(task, kinds).items():
        share = torch.stack([torch.stack(
            [right(net(x), y) for x, y in lines]) for net in nets])
        ax.semilogx(lengths, share.median(0).values, "o-", label=kind)
        low, high = share.aminmax(dim=0)
        ax.fill_between(lengths, low, high, alpha=0.3)
        last[kind] = 100 * share[:, -1]
    ax.set(title=task.__name__, xlabel="length", ylim=(0, 1.05))
    ax.minorticks_off()
    ax.set_xticks(lengths, lengths)
    print(compare_values(last, unit="points", better="more", against=first,
                         name=f"{task.__name__}, right at 192,"), end="\n\n")
axes[1].legend(fontsize=8, loc="lower left")
plt.show()
# --8<-- [end:measure]
