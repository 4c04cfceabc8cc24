import torch
from torch.nn.functional import binary_cross_entropy_with_logits, mse_loss

for z in (-5.0, 0.0, 5.0):  # the right answer is 0
    logit = torch.tensor(z, requires_grad=True)
    zero = torch.tensor(0.0)
    (square,) = torch.autograd.grad(mse_loss(logit.sigmoid(), zero), logit)
    entropy = binary_cross_entropy_with_logits(logit, zero)
    (delta,) = torch.autograd.grad(entropy, logit)
    print(f"z = {z:2g}, output {logit.sigmoid():.3f}: δ of squared error"
          f" {square:.4f}, of cross-entropy {delta:.3f}")
