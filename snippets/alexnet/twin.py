import torch

from dlbook.alexnet import AlexNet2012, SmallAlexNet
from dlbook.cnn import layer_table

with torch.device("meta"):
    large = layer_table(AlexNet2012(), torch.zeros(1, 3, 227, 227))
    small = layer_table(SmallAlexNet(), torch.zeros(1, 3, 32, 32))
for one, two in zip(large, small, strict=True):
    name = one.name.rpartition(".")[2]
    if one.parameters or name[0] == "p":
        gives = ["×".join(map(str, row.gives)) for row in (one, two)]
        print(f"{name:8} {gives[0]:10} {one.parameters:12,}"
              f"   {gives[1]:9} {two.parameters:9,}")
totals = [sum(row.parameters for row in rows) for rows in (large, small)]
work = [sum(row.multiply_adds for row in rows) for rows in (large, small)]
print(f"{'together':19} {totals[0]:12,}   {'':9} {totals[1]:9,}")
print(f"{'multiply-adds':19} {work[0]:12,}   {'':9} {work[1]:9,}")
