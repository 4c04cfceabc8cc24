import torch

import dlbook
from dlbook.batch_size import example_gradients, gradient_noise
from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = (t[:200].to(dlbook.device()) for t in digits())
x, rng = x.flatten(1).double(), torch.Generator().manual_seed(0)
net = MLP([64, 32, 10], generator=rng).to(x)


def by_backward(x, y):
    net.zero_grad()
    torch.nn.functional.cross_entropy(net(x), y).backward()
    return torch.cat([p.grad.flatten() for p in net.parameters()])


each, noise = example_gradients(net, x, y), gradient_noise(net, x, y)
loop = [by_backward(x[i:i + 1], y[i:i + 1]) for i in range(200)]
print("a row for each example:", tuple(each.shape))
print("like 200 calls of backward:", torch.allclose(each, torch.stack(loop)))
print("their mean, like one call for all:",
      torch.allclose(each.mean(0), by_backward(x, y)))
print(f"tr Σ {each.var(0, correction=0).sum():.2f} and {noise.trace:.2f}")
