import torch
from torch.nn.functional import cross_entropy

from dlbook.captioning.masked import masked_cross_entropy

PAD = 0
target = torch.tensor([[3, 1, 2, 3], [1, PAD, PAD, PAD]])
scores = torch.zeros(2, 4, 4)
scores[0, :, 3] = scores[1, :, 1] = 2.0
each = [float(masked_cross_entropy(scores[[i]], target[[i]], PAD))
        for i in (0, 1)]
loss = masked_cross_entropy(scores, target, PAD)
print(f"four words {each[0]:.4f}, one word {each[1]:.4f}")
print(f"mean of the five words: {loss:.4f}")
print(f"mean of the two means: {sum(each) / 2:.4f}")
same = cross_entropy(scores.mT, target, ignore_index=PAD)
print("ignore_index gives the former:", torch.allclose(loss, same))
nothing, z = torch.full_like(target, PAD), scores.requires_grad_()
there = (nothing != PAD).float()
divided = (there * z.logsumexp(-1)).sum() / there.sum()
ignored = cross_entropy(z.mT, nothing, ignore_index=PAD)
for name, loss in (("ignore_index", ignored), ("a mask", divided)):
    (gradient,) = torch.autograd.grad(loss, z)
    print(f"nothing but filler, {name}: loss {loss.item()},"
          f" gradient {gradient.max().item()}")
