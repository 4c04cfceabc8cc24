import torch

import dlbook
from dlbook.vocabulary import one_hot

ids = torch.tensor([[2, 0, 5], [5, 1, 1]], device=dlbook.device())
ours, torchs = one_hot(ids, 6), torch.nn.functional.one_hot(ids, 6)
print(tuple(ids.shape), "->", tuple(ours.shape))
print(ours[0].int().tolist())
print("torch's:", torchs.dtype, "equal:", torch.equal(ours, torchs.float()))
print("back again:", torch.equal(ours.argmax(-1), ids))

rows = one_hot(torch.arange(6), 6)
distances = torch.cdist(rows, rows)[0].tolist()
print("distances:", [f"{d:.3f}" for d in distances])
