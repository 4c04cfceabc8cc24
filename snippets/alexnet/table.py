import torch

from dlbook.alexnet import AlexNet2012
from dlbook.cnn import layer_table

with torch.device("meta"):
    rows = layer_table(AlexNet2012(), torch.zeros(1, 3, 227, 227))
print("layer   gives      parameters  multiply-adds  field")
for row in rows:
    name = row.name.rpartition(".")[2]
    if row.parameters or name[0] == "p":
        gives = "×".join(map(str, row.gives))
        field = row.field[0] if row.field else "all"
        print(f"{name:7} {gives:10} {row.parameters:10,}"
              f" {row.multiply_adds:14,} {field:>6}")
total = sum(row.parameters for row in rows)
work = sum(row.multiply_adds for row in rows)
dense = sum(row.parameters for row in rows if row.kind == "Linear")
print(f"together           {total:10,} {work:14,}")
print(f"in the dense layers: {dense / total:.1%} of the parameters")
assert (total, work) == (60965224, 724406816)
