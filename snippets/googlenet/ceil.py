import torch

from dlbook.googlenet import GoogLeNet, stage_table

with torch.device("meta"):
    x = torch.zeros(1, 3, 224, 224)
    for ceil in (True, False):
        stages = stage_table(GoogLeNet(ceil_mode=ceil), x)
        sides = [s.gives[1] for s in stages if s.name[0] in "cp"]
        work = sum(s.multiply_adds for s in stages)
        print(f"{'up' if ceil else 'down':5}", sides, f"{work:,}")
