import torch

from dlbook.losses import cross_entropy, mse

y, target = torch.ones(4, 3), torch.zeros(4, 3)
print("mse of 4 rows of 3: sum", mse(y, target, reduction="sum").item(),
      "mean", mse(y, target).item())
logits = torch.zeros(4, 10, dtype=torch.float64)
labels = torch.tensor([1, 2, -100, -100])  # two are left out
for reduction in ("none", "sum", "mean"):
    loss = cross_entropy(logits, labels, reduction=reduction)
    print(f"cross-entropy, {reduction}:", loss.numpy().round(2))
weight = torch.ones(10, dtype=torch.float64)
weight[1] = 3  # class 1 counts three times
logits[0, 1] = 5.0
losses = cross_entropy(logits, labels, reduction="none")
loss = cross_entropy(logits, labels, weight=weight)
print(f"weights 3 and 1: {loss:.2f} =",
      f"(3 x {losses[0]:.2f} + {losses[1]:.2f}) / (3 + 1)")
