import matplotlib.pyplot as plt
import torch

from dlbook import device
from dlbook.batch_size import gradient_noise
from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = (t.to(device()) for t in digits())
x, looks = x.flatten(1).double(), (1, 5, 10, 20, 50, 100, 200, 500, 1000)
for seed in range(5):
    rng, scales = torch.Generator().manual_seed(seed), []
    net = MLP([64, 32, 10], generator=rng).to(x)
    sgd = torch.optim.SGD(net.parameters(), lr=0.64)
    for step in range(1, 1001):
        if step in looks:
            scales.append(gradient_noise(net, x, y).scale)
        part = torch.randint(1797, (64,), generator=rng)
        net.zero_grad()
        torch.nn.functional.cross_entropy(net(x[part]), y[part]).backward()
        sgd.step()
    print("falls, rises:", scales[3] < scales[0], scales[-1] > 2 * scales[3])
    plt.loglog(looks, scales, "o-", ms=3)
plt.gca().set(xlabel="step", ylabel="noise scale")
plt.show()
