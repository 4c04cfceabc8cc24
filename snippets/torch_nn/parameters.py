import torch
from torch import nn

import dlbook


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 3)
        self.scores = nn.Linear(3, 2)

    def forward(self, x):
        return self.scores(self.hidden(x).relu())


net = Small().to(dlbook.device())
print(net)
for name, value in net.named_parameters():
    print(f"{name:14} {tuple(value.shape)}")
y = net(torch.zeros(5, 4).to(dlbook.device()))
print("gives", tuple(y.shape))
