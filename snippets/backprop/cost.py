import torch
from torch.utils.flop_counter import FlopCounterMode

import dlbook
from dlbook.forward import multiply_adds
from dlbook.fully_connected import MLP

print("sizes                 ahead        back  ratio  FLOPs, by PyTorch")
for batch, sizes in [(1, [2, 2, 1]), (100, [64, 32, 10]),
                     (100, [784, 512, 512, 10]), (100, [64] * 33)]:
    model = MLP(sizes).to(dlbook.device())
    y = model(torch.zeros(batch, sizes[0], device=dlbook.device()))
    with FlopCounterMode(display=False) as backward:
        y.sum().backward()
    there, back = multiply_adds(sizes, batch)
    name = "-".join(map(str, sizes)) if len(sizes) < 9 else "32 layers of 64"
    print(f"{name:15} {there:11,} {back:11,}  {back / there:5.2f}",
          f"{backward.get_total_flops():12,}")
