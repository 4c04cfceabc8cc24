import torch

from dlbook.cnn import CNN, layer_table

net = CNN((1, 8, 8), [8, 16], [10])
rows = layer_table(net, torch.zeros(1, 1, 8, 8))
print("layer      gives     parameters  multiply-adds  field")
for row in rows:
    gives = "×".join(map(str, row.gives))
    field = "all" if row.field is None else "×".join(map(str, row.field))
    print(f"{row.kind:10} {gives:9} {row.parameters:10,}"
          f" {row.multiply_adds:14,}  {field}")
totals = [sum(row[column] for row in rows) for column in (3, 4)]
print(f"in all {totals[0]:24,} {totals[1]:14,}")
