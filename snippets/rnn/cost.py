import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

import dlbook.rnn

for name, parts in (("RNN", 1), ("GRU", 3), ("LSTM", 4)):
    formula = dlbook.rnn.multiply_adds(parts, 10, 20, steps=7)
    line = f"{name:4} formula {formula:6,}"
    for whose, make in ((" ours", dlbook.rnn), (" nn", nn)):
        layer, x = getattr(make, name)(10, 20), torch.zeros(7, 1, 10)
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            layer(x)
        line += f" {whose} counted {counter.get_total_flops() // 2:6,}"
    print(line)
