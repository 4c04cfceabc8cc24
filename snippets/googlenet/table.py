import torch

from dlbook.googlenet import GoogLeNet, stage_table

with torch.device("meta"):  # shapes only: no number is stored or computed
    net, x = GoogLeNet(), torch.zeros(1, 3, 224, 224)
    stages = stage_table(net, x)
print("stage    gives        parameters   multiply-adds")
for s in stages:
    if s.name[0] not in "abnd":  # activations, norms, dropout
        gives = "×".join(map(str, s.gives))
        print(f"{s.name:8} {gives:11} {s.parameters:11,}"
              f" {s.multiply_adds:15,}")
total = sum(s.parameters for s in stages)
work = sum(s.multiply_adds for s in stages)
print(f"{'together':20} {total:11,} {work:15,}")
assert (total, work) == (6_998_552, 1_582_671_872)
