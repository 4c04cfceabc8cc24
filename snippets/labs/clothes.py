# --8<-- [start:look]
# a few seconds
import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.datasets import Images, hold_out, load, pixels

data = load("fashion-mnist")
print("training pictures", tuple(data.train.x.shape), data.train.x.dtype)
print("test pictures    ", tuple(data.test.x.shape))
print("of each class:", data.train.y.bincount().tolist())
short = [name.partition("/")[0].split()[0] for name in data.classes]

fig, axes = plt.subplots(4, 10, figsize=(5.5, 2.6))
for k, column in enumerate(axes.T):
    pictures = data.train.x[data.train.y == k][:4, 0]
    for ax, picture in zip(column, pictures, strict=True):
        ax.imshow(picture.numpy(), cmap="gray_r")
        ax.set(xticks=[], yticks=[])
    column[0].set_title(short[k], size=8)
plt.show()
# --8<-- [end:look]


# --8<-- [start:split]
# a second
device = dlbook.device()
g = torch.Generator().manual_seed(0)
fit, held = hold_out(data.train, 5000, generator=g)
few = Images(fit.x[:5000], fit.y[:5000])
for name, part in ("to fit", fit), ("few", few), ("held out", held):
    print(f"{name:8} {len(part.y):6,} pictures,",
          int((part.y == 6).sum()), "shirts")
# --8<-- [end:split]


# --8<-- [start:guess]
# a few seconds
x, seen = pixels(fit.x).flatten(1), pixels(held.x).flatten(1)
average = torch.stack([x[fit.y == k].mean(0) for k in range(10)])
nearest = torch.cdist(seen, average).argmin(1)
print("right of the held-out pictures")
print(f"always {data.classes[0]}: {(held.y == 0).double().mean():.0%}")
print("nearest average picture:"
      f" {(nearest == held.y).double().mean():.0%}")

fig, axes = plt.subplots(1, 10, figsize=(5.5, 0.9))
for ax, picture, name in zip(axes, average, short, strict=True):
    ax.imshow(picture.view(28, 28).numpy(), cmap="gray_r")
    ax.set_title(name, size=8)
    ax.set_axis_off()
plt.show()
# --8<-- [end:guess]


# --8<-- [start:train]
# about a minute
from dlbook.fully_connected import count_parameters
from dlbook.lenet import LeNet
from dlbook.training.inputs import Centred
from dlbook.training.loop import Plan, train


def learn(images, epochs, **how):
    """LeNet after so many epochs, and what each of them came to."""
    net = LeNet(generator=torch.Generator().manual_seed(0))
    net = Centred(net, images).to(device)
    plan = Plan(epochs=epochs, lr=0.05, **how)
    return net, list(train(net, images, plan, validation=held))


net, run = learn(fit, 10)
print("parameters:", count_parameters(net))
for epoch in (run[0], run[2], run[-1]):
    print(f"epoch {epoch.number:2}: right of those it learns from"
          f" {epoch.accuracy:.0%}, held out {epoch.validation.accuracy:.0%}")
# --8<-- [end:train]


# --8<-- [start:curves]
# about half a minute
_, short_run = learn(few, 60)
print(f"5,000 pictures: {short_run[-1].accuracy:.0%} of them right at the"
      f" end, held out {short_run[-1].validation.accuracy:.0%}")

fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.6), sharey=True)
for ax, name, epochs in ((axes[0], "55,000 pictures", run),
                         (axes[1], "5,000 pictures", short_run)):
    at = [epoch.number for epoch in epochs]
    wrong = [1 - epoch.accuracy for epoch in epochs]
    missed = [1 - epoch.validation.accuracy for epoch in epochs]
    ax.plot(at, wrong, label="training")
    ax.plot(at, missed, "--", label="held out")
    ax.set(title=name, xlabel="epoch", ylim=(0, 0.3))
axes[0].set_ylabel("share that is wrong")
axes[0].legend(loc="upper right")
plt.show()
# --8<-- [end:curves]


# --8<-- [start:test]
# a few seconds
from dlbook.training.scoring import confusion, scores

logits = scores(net, data.test)
right = logits.argmax(1) == data.test.y
p, n = right.double().mean().item(), len(right)
print(f"right of the {n:,} test pictures: {p:.1%}")
print(f"standard error: {(p * (1 - p) / n) ** 0.5:.1%}")
# --8<-- [end:test]


# --8<-- [start:confusion]
# a second
counts = confusion(logits, data.test.y)
off = counts.clone().fill_diagonal_(0)
true, said = divmod(int(off.argmax()), 10)
print(f"most often: {data.classes[true]} taken for {data.classes[said]}")
shirt = int(off[6].sum() + off[:, 6].sum())
print(f"mistakes with a shirt in them: {shirt / int(off.sum()):.0%}")
tops = torch.tensor([0, 2, 3, 4, 6])
inside = int(off[tops][:, tops].sum())
print(f"mistakes among tops and dresses: {inside / int(off.sum()):.0%}")

fig, ax = plt.subplots(figsize=(4.4, 3.8))
ax.imshow(counts.double().sqrt().numpy(), cmap="cividis")
for i, j in counts.nonzero().tolist():
    ax.text(j, i, int(counts[i, j]), color="k" if i == j else "w",
            ha="center", va="center", size=8)
ax.set_xticks(range(10), short, rotation=90)
ax.set_yticks(range(10), short)
ax.set(xlabel="said", ylabel="true")
plt.show()
# --8<-- [end:confusion]


# --8<-- [start:missed]
# a second
sure = logits.softmax(1).max(1).values
missed = (~right).nonzero().flatten()
worst = missed[sure[missed].argsort(descending=True)][:12]
print(f"{len(missed)} wrong, and of {int((sure[missed] > 0.9).sum())}"
      " of them it is more than 90 % sure")
fig, axes = plt.subplots(2, 6, figsize=(5.5, 2.6))
for ax, i in zip(axes.flat, worst.tolist(), strict=True):
    ax.imshow(data.test.x[i, 0].numpy(), cmap="gray_r")
    guess = short[logits[i].argmax()]
    ax.set_title(f"{short[data.test.y[i]]}:\n{guess}", size=8)
    ax.set_axis_off()
plt.show()
# --8<-- [end:missed]


# --8<-- [start:shift]
# a few seconds
def moved(images, columns):
    """The same pictures, so many pixels further to the right."""
    x = torch.nn.functional.pad(images.x, (columns, 0, 0, 0))
    return Images(x[..., :28], images.y)


def stands(model):
    """The share that is right, for 0 to 6 pixels to the right."""
    return [(scores(model, moved(held, k)).argmax(1) == held.y)
            .double().mean().item() for k in range(7)]


plain = stands(net)
for k in (0, 2, 4, 6):
    print(f"{k} pixels to the right: {plain[k]:.0%} right")
# --8<-- [end:shift]


# --8<-- [start:shaken]
# about a minute
def shaken(x, g):
    """Each picture up to 4 pixels to the left, right, up or down."""
    wide = torch.nn.functional.pad(x, (4, 4, 4, 4)).unfold(2, 28, 1)
    wide = wide.unfold(3, 28, 1).squeeze(1)  # all places of the window
    row, column = torch.randint(0, 9, (2, len(x)), generator=g)
    return wide[torch.arange(len(x)), row, column].unsqueeze(1)


steady, _ = learn(fit, 10, augment=shaken)
firm = stands(steady)
for k in (0, 2, 4, 6):
    print(f"{k} pixels to the right: {plain[k]:.0%} right,"
          f" trained on shaken pictures {firm[k]:.0%}")

fig, ax = plt.subplots(figsize=(4.4, 2.6))
ax.plot(range(7), plain, "o-", label="trained as they are")
ax.plot(range(7), firm, "s--", label="trained on shaken ones")
ax.set(xlabel="pixels to the right", ylabel="share that is right",
       ylim=(0, 1))
ax.legend(loc="lower left")
plt.show()
# --8<-- [end:shaken]
