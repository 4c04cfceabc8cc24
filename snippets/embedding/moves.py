import torch

from dlbook.embedding import Embedding

makers = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.1),
    "SGD, momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "SGD, weight decay": lambda p: torch.optim.SGD(
        p, lr=0.1, weight_decay=0.01),
    "Adam": lambda p: torch.optim.Adam(p, lr=0.1),
}
for name, make in makers.items():
    g = torch.Generator().manual_seed(0)
    layer = Embedding(5, 3, generator=g).double()
    step = make(layer.parameters())
    for ids in ([2], [4]):  # row 2 is used in the first step only
        before = layer.weight.detach().clone()
        step.zero_grad()
        layer(torch.tensor(ids)).sum().backward()
        step.step()
    moved = (layer.weight != before).any(1)
    print(f"{name}: rows that moved:", moved.nonzero()[:, 0].tolist())
