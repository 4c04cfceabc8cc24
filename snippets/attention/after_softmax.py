import torch

from dlbook.attention import causal_mask

scores = torch.tensor([[0.0, 1, 2], [2, 0, 1], [0, 1, 0]])
other = scores.clone()
other[:, 2] = 5  # another third word
may_look = causal_mask(3)


def before(s):
    return s.masked_fill(~may_look, -torch.inf).softmax(1)


def after(s):
    return s.softmax(1) * may_look


for f in (before, after):
    print(f"{f.__name__:6}", *(f"[{a:.2f} {b:.2f} {c:.2f}]"
                               for a, b, c in f(scores).tolist()))
    print("  rows sum to", *(f"{r:.2f}" for r in f(scores).sum(1).tolist()))
    print("  cat and drinks feel the third word change:",
          not torch.allclose(f(scores)[:2], f(other)[:2]))
