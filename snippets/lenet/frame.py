import torch
from torch.nn.functional import pad

import dlbook
from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet

x = pixels(load("fashion-small").test.x).double().to(dlbook.device())
padded = LeNet(generator=torch.Generator().manual_seed(0)).to(x)
bare = LeNet(padding=0).to(x)  # expects 32 by 32
bare.load_state_dict(padded.state_dict())
same = torch.allclose(padded(x), bare(pad(x, [2] * 4)))
print("padding 2 on 28 = padding 0 on 32:", same)

field, jump = 14, 2  # of c3
centres = [(field - 1) / 2 + jump * place for place in range(10)]
print("fields of c3 have their centres at", centres[0], "to", centres[-1])
print("a box of 20 in the middle of 32 spans", (32 - 20) / 2, "to",
      (32 + 20) / 2 - 1)
print(f"from 32² to 28²: {1 - 28**2 / 32**2:.1%} fewer pixels")
print(f"from 28² to 32²: {32**2 / 28**2 - 1:.1%} more pixels")
