# --8<-- [start:learn]
import torch
from torch import nn

from dlbook.data import digits
from dlbook.fully_connected import MLP
from dlbook.training.chance import seeded

x, y = (part[:32] for part in digits())


def learn(answers, end=nn.Identity(), smooth=0.0, rate=0.0):
    """The loss of 32 digits after 300 steps, in both modes."""
    g = torch.Generator().manual_seed(0)
    first, last = MLP([64, 64], generator=g), MLP([64, 10], generator=g)
    net = nn.Sequential(nn.Flatten(), first, nn.ReLU(), nn.Dropout(rate),
                        last, end)
    loss = nn.CrossEntropyLoss(label_smoothing=smooth)
    step = torch.optim.Adam(net.parameters(), lr=0.01)
    with seeded(0, 0, x.device):
        for _ in range(300):
            step.zero_grad()
            seen = loss(net(x), answers)
            seen.backward()
            step.step()
    return seen.item(), loss(net.eval()(x), answers).item()
# --8<-- [end:learn]


# --8<-- [start:table]
print("                     in training   in evaluation")
for name, (seen, known) in {
    "healthy": learn(y), "dropout 0.5": learn(y, rate=0.5),
    "label smoothing 0.1": learn(y, smooth=0.1),
    "softmax at the end": learn(y, end=nn.Softmax(1)),
    "false labels": learn(y.flip(0)),
}.items():
    print(f"{name:20} {seen:11.3f} {known:15.3f}")
print("false labels:", (y != y.flip(0)).sum().item(), "of 32")
# --8<-- [end:table]
