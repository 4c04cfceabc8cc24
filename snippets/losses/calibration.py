# --8<-- [start:bins]
import torch
from torch.nn.functional import one_hot


def reliability(z, y, bins=10):
    """Of each bin of confidence: share of answers, right, mean said."""
    said, answer = z.softmax(1).max(1)
    rows = one_hot((bins * said).long().clamp(max=bins - 1), bins).double()
    many = rows.sum(0)
    right = (answer == y).double() @ rows / many.clamp(min=1)
    return many / len(y), right, said @ rows / many.clamp(min=1)


def off(z, y):
    """The expected calibration error, in points."""
    share, right, said = reliability(z, y)
    return 100 * (share * (right - said).abs()).sum()
# --8<-- [end:bins]


# --8<-- [start:measure]
from torch.nn.functional import cross_entropy

from dlbook.data import digits

images, numbers = digits()
x = images.flatten(1).double()


def trained(seed):
    """Logits and answers: 600 digits to choose by, 997 for the test."""
    g = torch.Generator().manual_seed(seed)
    parts = torch.randperm(1797, generator=g).split([200, 600, 997])
    start = torch.randn(64, 74, generator=g).double() / 32**0.5
    w = [part.requires_grad_() for part in start.split([64, 10], 1)]
    step = torch.optim.Adam(w, lr=0.01)
    for _ in range(400):  # one hidden layer, on the first 200 only
        loss = cross_entropy((x[parts[0]] @ w[0]).relu() @ w[1],
                             numbers[parts[0]])
        step.zero_grad()
        loss.backward()
        step.step()
    z = ((x @ w[0]).relu() @ w[1]).detach()
    return [(z[part], numbers[part]) for part in parts[1:]]
# --8<-- [end:measure]


# --8<-- [start:scale]
from dlbook.experiment import compare_values

runs, errors = [], {"T = 1": [], "T chosen": []}
for seed in range(5):
    (z, y), (unseen, answers) = trained(seed)
    tried = torch.arange(0.5, 4, 0.05)
    held = torch.stack([cross_entropy(z / t, y) for t in tried])
    t = tried[held.argmin()].item()
    wrong = 100 * (unseen.argmax(1) != answers).double().mean()
    print(f"seed {seed}: T = {t:.2f}, wrong {wrong:.1f} %, loss "
          f"{cross_entropy(unseen, answers):.3f} and "
          f"{cross_entropy(unseen / t, answers):.3f}")
    for name, z in zip(errors, (unseen, unseen / t), strict=True):
        errors[name].append(off(z, answers))
    runs.append((unseen, unseen / t, answers))
print(compare_values(errors, unit="points", name="calibration error"))
# --8<-- [end:scale]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

before, after, answers = (torch.cat(part) for part in zip(*runs, strict=True))
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.9), sharey=True)
for ax, name, z in zip(axes, errors, (before, after), strict=True):
    share, right, said = (v[3:].numpy()
                          for v in reliability(z, answers))
    ax.plot([0, 1], [0, 1], color="0.6")
    ax.bar(said, share, width=0.05, color="0.85")
    ax.plot(said, right, "o-", color="C0")
    ax.set(title=name, xlabel="said: mean confidence", xlim=(0.3, 1.02),
           ylim=(0, 1.02))
axes[0].set(ylabel="share that is right")
plt.show()
# --8<-- [end:draw]
