import torch

import dlbook
from dlbook.torch_nn import SubclassLeNet

g = torch.Generator().manual_seed(0)
x = torch.randn(2, 1, 28, 28, generator=g).to(dlbook.device())
net = SubclassLeNet(generator=g).to(x)
log = []


def note(module, inputs, result):
    log.append((type(module).__name__, tuple(result.shape)))


handles = [layer.register_forward_hook(note) for layer in net.children()]
net(x)
print(*log, sep="\n")
log.clear()
net.c1.forward(x)  # past the hooks
print("after forward:", log)
for handle in handles:
    handle.remove()
net(x)
print("after remove:", log)
