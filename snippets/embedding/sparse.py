import torch

ids = torch.tensor([3, 3, 70_000])
for sparse in (False, True):
    layer = torch.nn.Embedding(100_000, 64, sparse=sparse)
    layer(ids).sum().backward()
    grad = layer.weight.grad
    rows = grad.coalesce().indices().tolist() if sparse else "all"
    numbers = grad.coalesce().values().numel() if sparse else grad.numel()
    print(f"sparse={sparse}: holds {numbers:,} numbers, rows {rows}")
