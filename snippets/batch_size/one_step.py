import torch
from torch.nn.functional import cross_entropy
from torch.nn.utils import parameters_to_vector, vector_to_parameters

import dlbook
from dlbook.batch_size import best_rate, curved_noise, example_gradients
from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = (t[:500].to(dlbook.device()) for t in digits())
x, rng = x.flatten(1).double(), torch.Generator().manual_seed(0)
net = MLP([64, 32, 10], generator=rng).to(x).requires_grad_(False)
each, bowl = example_gradients(net, x, y), curved_noise(net, x, y)
print(f"η_max {bowl.most:.1f}, noise scale {bowl.scale:.0f}")
start = parameters_to_vector(net.parameters())
rates = 2.0 ** torch.arange(-5, 5)
for size in (4, 16, 64, 256, 1024):
    losses = torch.zeros(40, len(rates))  # 40 batches, one step each
    for row in losses:
        g = each[torch.randint(500, (size,), generator=rng)].mean(0)
        for k, rate in enumerate(rates.tolist()):
            vector_to_parameters(start - rate * g, net.parameters())
            row[k] = cross_entropy(net(x), y)
    print(f"B = {size:4}: measured {rates[losses.mean(0).argmin()]:5.3f},"
          f" formula {best_rate(size, bowl.scale, bowl.most):.2f}")
