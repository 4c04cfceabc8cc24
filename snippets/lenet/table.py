import torch

from dlbook.cnn import layer_table
from dlbook.lenet import LeNet

rows = layer_table(LeNet(), torch.zeros(1, 1, 28, 28))
print("layer    gives       parameters  multiply-adds  field")
for row in rows:
    if row.kind not in ("ReLU", "Flatten"):
        name = row.name.rpartition(".")[2]
        gives = "×".join(map(str, row.gives))
        field = row.field[0] if row.field else "all"
        print(f"{name:8} {gives:10} {row.parameters:11,}"
              f" {row.multiply_adds:14,} {field:>6}")
total = sum(row.parameters for row in rows)
work = sum(row.multiply_adds for row in rows)
print(f"{'together':8} {'':10} {total:11,} {work:14,}")
assert [row.parameters for row in rows if row.parameters] == [
    156, 2416, 48120, 10164, 850]
assert (total, work) == (61706, 416520)
