# --8<-- [start:train]
import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = digits()[0].flatten(1), digits()[1]


def train(one, two, cut=False, shuffle=False, held=(), rate=0.3):
    """100 steps of two layers; returns the last loss."""
    g = torch.Generator().manual_seed(1)
    weights = list(held) or [*one.parameters(), *two.parameters()]
    step = torch.optim.SGD(weights, rate)
    for _ in range(100):
        hidden = one(x).relu()
        scores = two(hidden.detach() if cut else hidden)
        answers = y[torch.randperm(len(y), generator=g)] if shuffle else y
        loss = cross_entropy(scores, answers)
        one.zero_grad()
        two.zero_grad()
        loss.backward()
        step.step()
    return loss.item()
# --8<-- [end:train]


# --8<-- [start:table]
print("                 loss  gradient: first   last   moved")
for name, how in {
    "healthy": {}, "rate 0": {"rate": 0}, "zero weights": {},
    "dead units": {}, "detached": {"cut": True},
    "other weights": {"held": MLP([64, 10]).parameters()},
    "shuffled labels": {"shuffle": True},
}.items():
    g = torch.Generator().manual_seed(0)
    one, two = MLP([64, 64, 10], generator=g).layers
    one.bias.data -= 10 * (name == "dead units")
    for weight in (one.weight, one.bias, two.weight):
        weight.data *= name != "zero weights"
    before = one.weight.clone()
    loss = train(one, two, **how)
    sizes = ["none" if w.grad is None else f"{w.grad.norm():.3f}"
             for w in (one.weight, two.weight)]
    moved = (one.weight - before).norm()
    print(f"{name:15} {loss:5.2f} {sizes[0]:>16} {sizes[1]:>6} {moved:7.2f}")
# --8<-- [end:table]
