import torch
from torch.nn.functional import cross_entropy
from torch.nn.utils import clip_grad_norm_

from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = digits()
x = x.flatten(1).double()
for clip in (4, 1, 0.1):
    g, lengths = torch.Generator().manual_seed(0), []
    net = MLP([64, 32, 10], generator=g).double()
    walker = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    for _ in range(600):
        batch = torch.randint(1797, (32,), generator=g)
        walker.zero_grad()
        cross_entropy(net(x[batch]), y[batch]).backward()
        lengths.append(clip_grad_norm_(net.parameters(), clip).item())
        walker.step()
    acts = (torch.tensor(lengths) > clip).view(6, 100).sum(1).tolist()
    print(f"clip at {clip:3}: acts in {sum(acts):3} steps of 600;",
          "by hundreds:", *acts)
