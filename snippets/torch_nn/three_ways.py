import torch

import dlbook
from dlbook.lenet import LeNet
from dlbook.torch_nn import SubclassLeNet, functional_lenet, sequential_lenet

g = torch.Generator().manual_seed(0)
x = torch.randn(64, 1, 28, 28, generator=g).double().to(dlbook.device())
chain = sequential_lenet(generator=g).to(x)
state = chain.state_dict()
own, whole = SubclassLeNet().to(x), LeNet().to(x)
own.load_state_dict(state)  # the names are the same
whole.load_state_dict({name: state[name.split(".", 1)[1]]
                       for name in whole.state_dict()})
weights = {name: value.clone().requires_grad_()
           for name, value in state.items()}
ways = {"chain": (chain(x), chain.parameters()),
        "subclass": (own(x), own.parameters()),
        "function": (functional_lenet(x, weights), weights.values()),
        "dlbook.lenet": (whole(x), whole.parameters())}
for name, (y, held) in ways.items():
    slopes = torch.autograd.grad(y.square().sum(), list(held))
    found = y, torch.cat([slope.flatten() for slope in slopes])
    first = found if name == "chain" else first
    print(f"{name:12}", *map(torch.allclose, found, first))
