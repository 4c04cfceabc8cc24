import torch
from torch.utils.data import DataLoader, TensorDataset

from dlbook.data import digits
from dlbook.experiment import split

data = split(*digits(), seed=0)
loader = DataLoader(TensorDataset(*data.train), 2048, drop_last=True)
losses = []
for x, y in loader:
    scores = x.flatten(1) @ torch.zeros(64, 10)
    losses.append(torch.nn.functional.cross_entropy(scores, y).item())
print(f"{len(data.train.x)} digits, {len(losses)} batches")
print("mean loss", sum(losses) / len(losses))
