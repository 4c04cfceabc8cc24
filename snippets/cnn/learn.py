import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.training import fit, wrong

x, y = (t.to(dlbook.device()) for t in digits())
x = x.double()
plt.figure(figsize=(5.5, 2.5))
for seed in range(5):
    g = torch.Generator().manual_seed(seed)
    net = CNN((1, 8, 8), [8, 16], [10], generator=g).to(x)
    order = torch.randperm(len(x), generator=g)
    train, test = order[:1000], order[1000:]
    losses = fit(net, x[train], y[train], steps=200, generator=g)
    miss = [wrong(net, x[part], y[part]) for part in (train, test)]
    miss = [100 * m.double().mean() for m in miss]
    print(f"seed {seed}: first loss {losses[0]:.1f}, wrong in training"
          f" {miss[0]:.1f} %, in testing {miss[1]:.1f} %")
    smooth = torch.tensor(losses).unfold(0, 10, 10).mean(1)
    plt.plot(range(5, 200, 10), smooth.numpy(), color="C0", lw=1)
plt.gca().set(xlabel="step", ylabel="loss, mean of 10 steps", ylim=(0, None))
plt.show()
