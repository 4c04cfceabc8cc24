# --8<-- [start:train]
import torch
from torch.nn.functional import one_hot

import dlbook
from dlbook.data import digits

images, labels = (t.to(dlbook.device()) for t in digits())
x = images.flatten(1).double()
x = x - x.mean(0)


def train(loss, scale=1, seeds=5, steps=200):
    """Five networks with one hidden layer; wrong test digits in percent."""
    g, parts = torch.Generator().manual_seed(0), []
    order = torch.randperm(len(x), generator=g)
    for n_in, n_out, size in ((64, 32, 1), (32, 10, scale)):
        w = torch.randn(seeds, n_out, n_in, dtype=x.dtype, generator=g)
        w = w * size * (2 / n_in) ** 0.5
        parts += [w, torch.zeros(seeds, 1, n_out, dtype=x.dtype)]
    parts = [p.to(x.device).requires_grad_() for p in parts]

    def logits(x):
        w1, b1, w2, b2 = parts
        return (x @ w1.mT + b1).relu() @ w2.mT + b2
    return learn(loss, logits, parts, order, g, steps)
# --8<-- [end:train]


# --8<-- [start:learn]
def learn(loss, logits, parts, order, g, steps):
    """Train on 1200 digits; wrong ones of the rest, every 10 steps."""
    train, test, wrong = order[:1200], order[1200:], []
    step = torch.optim.Adam(parts, lr=0.003)
    for i in range(steps + 1):
        if i % 10 == 0:
            with torch.no_grad():
                guess = logits(x[test]).argmax(-1)
            wrong.append((guess != labels[test]).double().mean(1).cpu())
        batch = train[torch.randint(0, 1200, (5, 64), generator=g)]
        step.zero_grad()
        scores = logits(x[batch]).flatten(0, 1)
        (5 * loss(scores, labels[batch].flatten())).backward()
        step.step()
    return 100 * torch.stack(wrong)
# --8<-- [end:learn]


# --8<-- [start:compare]
import matplotlib.pyplot as plt

from dlbook.losses import cross_entropy, mse, softmax

kinds = {
    "cross-entropy": cross_entropy,
    "squared error": lambda z, y: mse(softmax(z), one_hot(y, 10).to(z)),
}
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.7), sharey=True)
for ax, scale in zip(axes, (1, 10), strict=True):
    for i, (name, loss) in enumerate(kinds.items()):
        wrong, steps = train(loss, scale), range(0, 201, 10)
        ax.plot(steps, wrong.numpy(), color=f"C{i}", lw=0.6)
        ax.plot(steps, wrong.median(1).values.numpy(), f"C{i}", label=name)
        for at in (50, 200):
            row = wrong[at // 10].sort().values
            print(f"start x{scale}, {name}, step {at}:",
                  *[f"{percent:.1f}" for percent in row])
    ax.set(title=f"output weights x{scale}", xlabel="step")
axes[0].set_ylabel("wrong, in %")
axes[1].legend()
plt.show()
# --8<-- [end:compare]
