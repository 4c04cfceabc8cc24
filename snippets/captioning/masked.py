import torch
from torch.nn.functional import cross_entropy

from dlbook.captioning.masked import masked_cross_entropy

PAD = 0
target = torch.tensor([[3, 1, 2, 3], [1, PAD, PAD, PAD]])
scores = torch.zeros(2, 4, 4)  # of four words; all equal: a loss of log 4
scores[0, :, 3] = scores[1, :, 1] = 2.0
each = [float(masked_cross_entropy(scores[[i]], target[[i]], PAD))
        for i in (0, 1)]
loss = masked_cross_entropy(scores, target, PAD)
print(f"four words {each[0]:.4f}, one word {each[1]:.4f}")
print(f"mean of the five words: {loss:.4f}")
print(f"mean of the two means: {sum(each) / 2:.4f}")
same = cross_entropy(scores.mT, target, ignore_index=PAD)
print("ignore_index gives the former:", torch.allclose(loss, same))
print(f"filler counted: {cross_entropy(scores.mT, target):.4f}")
none = torch.full_like(target, PAD)
print("nothing but filler, torch:",
      float(cross_entropy(scores.mT, none, ignore_index=PAD)))
