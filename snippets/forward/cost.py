import torch
from torch.utils.flop_counter import FlopCounterMode

import dlbook
from dlbook.forward import multiply_adds
from dlbook.fully_connected import MLP

print(f"{'batch x sizes':21} {'ours':>11}  FLOPs, by PyTorch")
for batch, sizes in [(1, [2, 2, 1]), (1, [64, 32, 10]),
                     (100, [64, 32, 10]), (100, [784, 512, 512, 10])]:
    model = MLP(sizes).to(dlbook.device())
    x = torch.zeros(batch, sizes[0], device=dlbook.device())
    with FlopCounterMode(display=False) as forward:
        model(x)
    there, _ = multiply_adds(sizes, batch)
    flops = forward.get_total_flops()
    name = f"{batch} x {'-'.join(map(str, sizes))}"
    print(f"{name:21} {there:11,}  {flops:12,}")
