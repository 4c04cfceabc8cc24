import itertools

import torch


def can_merge(x, k):
    """Whether axes k and k + 1 can be made one without a copy."""
    return x.stride(k) == x.size(k + 1) * x.stride(k + 1)


right = 0
base = torch.zeros(2, 3, 4, 5)
for order in itertools.permutations(range(4)):
    x = base.permute(order)
    for k in range(3):
        flat = *x.shape[:k], x.size(k) * x.size(k + 1), *x.shape[k + 2:]
        try:
            x.view(flat)
            torch_can = True
        except RuntimeError:
            torch_can = False
        right += can_merge(x, k) == torch_can
print(f"the rule says what PyTorch does: {right} of {24 * 3}")
