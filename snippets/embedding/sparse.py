import torch

ids = torch.tensor([3, 3, 70_000])
for sparse in (False, True):
    layer = torch.nn.Embedding(100_000, 64, sparse=sparse)
    layer(ids).sum().backward()
    grad = layer.weight.grad
    rows = grad.coalesce().indices().tolist() if sparse else "all"
    numbers = grad.coalesce().values().numel() if sparse else grad.numel()
    print(f"sparse={sparse}: holds {numbers:,} numbers, rows {rows}")
for d in (2, 1):
    layer = torch.nn.Embedding(5, d, sparse=True)
    before = layer.weight[3].detach().clone()
    layer(torch.tensor([3])).sum().backward()
    torch.optim.SGD(layer.parameters(), lr=1).step()
    moved = bool((layer.weight[3] != before).any())
    print(f"width {d}: row 3 has moved: {moved}")
