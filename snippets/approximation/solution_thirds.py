import torch

from dlbook.approximation import pieces

thirds = torch.linspace(0, 1, 4, dtype=torch.float64)
fold = pieces(thirds, torch.tensor([0.0, 1, 0, 1]).double())
x = torch.linspace(0, 1, 3**6 + 1, dtype=torch.float64)[:, None]
y = x
for times in range(1, 5):
    y = fold(y).detach()
    rising = y.diff(dim=0) > 0
    found = (rising[1:] != rising[:-1]).sum().item() + 1
    print(f"{times} layers of 3: {found} pieces; of 2: {2**times}")
