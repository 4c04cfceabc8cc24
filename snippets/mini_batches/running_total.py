import torch
from torch.nn.functional import cross_entropy

from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet
from dlbook.mini_batches import Kept

x, y = load("fashion-small").test
x, model = pixels(x), LeNet()


def operations(node):  # all that the graph behind it holds
    return {node}.union(*(operations(n) for n, _ in node.next_functions if n))


for how in ("forward, backward", "forward", "forward, detach"):
    total = torch.zeros(())
    with Kept(x, y, *model.parameters()) as kept:
        for a, b in zip(x.split(50), y.split(50), strict=True):
            loss = cross_entropy(model(a), b)
            if how.endswith("backward"):
                loss.backward()
            total = total + (loss.detach() if "detach" in how else loss)
    nodes = len(operations(total.grad_fn)) if total.grad_fn else 0
    print(f"{how:17}: {kept.now:10,} bytes, {nodes:3} operations are left")
