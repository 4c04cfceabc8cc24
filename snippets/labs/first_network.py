# --8<-- [start:look]
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn.functional import cross_entropy

import dlbook
from dlbook.data import digits

images, labels = digits()
print("images", tuple(images.shape), " labels", tuple(labels.shape))
print("of each digit, 0 to 9:", labels.bincount().tolist())
print("the top left corner of the first, in sixteenths:")
print((16 * images[0, 0, :3, :6]).int().tolist())

fig, axes = plt.subplots(2, 8, figsize=(5.5, 1.9))
for i, ax in enumerate(axes.flat):
    ax.imshow(images[i, 0].numpy(), cmap="gray_r")
    ax.set_title(int(labels[i]))
    ax.set_axis_off()
plt.show()
# --8<-- [end:look]


# --8<-- [start:split]
x, y = images.double().to(dlbook.device()), labels.to(dlbook.device())
order = torch.randperm(len(x), generator=torch.Generator().manual_seed(0))
training, validation, testing = order.split([997, 400, 400])
for name, part in (("training", training), ("validation", validation),
                   ("testing", testing)):
    print(f"{name:10} {len(part)} digits,", int((y[part] == 1).sum()), "ones")
# --8<-- [end:split]


# --8<-- [start:guess]
def wrong(guesses, part):
    """How many of a part of the digits are guessed wrong."""
    return int((guesses.to(x.device) != y[part]).sum())


most_common = y[training].bincount().argmax()
averages = torch.stack([x[training][y[training] == digit].mean(0)
                        for digit in range(10)])
nearest = torch.cdist(x[validation].flatten(1), averages.flatten(1))
print("of 400 validation digits are wrong, if you guess")
print(f"always {most_common}:", wrong(most_common, validation))
print("the digit whose average image is nearest:",
      wrong(nearest.argmin(1), validation))

fig, axes = plt.subplots(1, 10, figsize=(5.5, 0.8))
for ax, average in zip(axes, averages.cpu(), strict=True):
    ax.imshow(average[0].numpy(), cmap="gray_r")
    ax.set_axis_off()
plt.show()
# --8<-- [end:guess]


# --8<-- [start:mlp]
from dlbook.fully_connected import MLP, count_parameters


def mlp(g):
    """64 pixels, 64 hidden units, 10 scores."""
    net = nn.Sequential(nn.Flatten(), MLP([64, 64, 10], generator=g))
    return net.double().to(x.device)


@torch.no_grad()
def look(net, part):
    """The mean loss over a part of the digits, and how many are wrong."""
    scores = net(x[part])
    loss = cross_entropy(scores, y[part]).item()
    return loss, wrong(scores.argmax(1), part)


untrained = mlp(torch.Generator().manual_seed(0))
loss, mistakes = look(untrained, validation)
print("parameters:", count_parameters(untrained))
print(f"before training: loss {loss:.2f}, {mistakes} of 400 wrong")
# --8<-- [end:mlp]


# --8<-- [start:loop]
def train(net, part, epochs, g):
    """Train on a part of the digits; look at both losses after each epoch."""
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    history = []
    for _ in range(epochs):
        mixed = part[torch.randperm(len(part), generator=g)]
        for batch in mixed.split(50):
            loss = cross_entropy(net(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        history.append([*look(net, part), *look(net, validation)])
    return torch.tensor(history)


g = torch.Generator().manual_seed(0)
net = mlp(g)
history = train(net, training, 20, g)
for epoch in (1, 2, 5, 10, 20):
    loss, mistakes, v_loss, v_mistakes = history[epoch - 1].tolist()
    print(f"epoch {epoch:2}: training loss {loss:.2f}, validation loss"
          f" {v_loss:.2f}, {v_mistakes:.0f} of 400 wrong")
# --8<-- [end:loop]


# --8<-- [start:curves]
def draw_losses(ax, history, title):
    """The two losses after each epoch, on a logarithmic scale."""
    epochs = range(1, len(history) + 1)
    ax.semilogy(epochs, history[:, 0], label="training")
    ax.semilogy(epochs, history[:, 2], "--", label="validation")
    ax.set(title=title, xlabel="epoch", ylim=(1e-3, 4))


g = torch.Generator().manual_seed(0)
few = train(mlp(g), training[:50], 200, g)
best = int(few[:, 2].argmin())
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.7), sharey=True)
draw_losses(axes[0], history, "997 digits")
draw_losses(axes[1], few, "50 digits")
axes[1].axvline(best + 1, color="0.6", linewidth=1)
axes[0].set_ylabel("loss")
axes[0].legend()
plt.show()
for name, (_, mistakes, loss, v_mistakes) in (
        ("at its lowest", few[best]), ("at the end", few[-1])):
    print(f"50 digits, validation loss {name}: {loss:.1f};",
          f"wrong: {mistakes:.0f} of 50, {v_mistakes:.0f} of 400")
# --8<-- [end:curves]


# --8<-- [start:cnn]
from dlbook.fully_connected import draw


def cnn(g):
    """Two convolutions, one pooling, 10 scores."""
    net = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(16 * 4 * 4, 10),
    )
    for layer in net:
        if hasattr(layer, "weight"):  # torch's own start, but from g
            draw(layer, layer.weight[0].numel(), g)
    return net.double().to(x.device)


shown = x[:1]
for layer in cnn(torch.Generator().manual_seed(0)):
    shown = layer(shown)
    print(f"{type(layer).__name__:10} {tuple(shown.shape)!s:15}",
          count_parameters(layer) or "-")
# --8<-- [end:cnn]


# --8<-- [start:seeds]
runs = {}
for kind in (mlp, cnn):
    for seed in range(5):
        g = torch.Generator().manual_seed(seed)
        net = kind(g)
        runs[kind, seed] = net, train(net, training, 15, g)

fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.7), sharey=True)
for ax, kind in zip(axes, (mlp, cnn), strict=True):
    histories = torch.stack([runs[kind, seed][1] for seed in range(5)])
    epochs = range(1, 16)
    ax.semilogy(epochs, histories[:, :, 0].T, color="C0")
    ax.semilogy(epochs, histories[:, :, 2].T, "--", color="C1")
    ax.set(title=kind.__name__.upper(), xlabel="epoch")
    counts = histories[:, -1, 3]
    print(kind.__name__, count_parameters(runs[kind, 0][0]), "parameters;",
          "wrong of 400:", counts.int().tolist(), f"mean {counts.mean():.0f}")
axes[0].set_ylabel("loss")
axes[0].legend(axes[0].lines[::5], ["training", "validation"])
plt.show()
# --8<-- [end:seeds]


# --8<-- [start:test]
kind, seed = min(runs, key=lambda run: runs[run][1][-1, 2])
net = runs[kind, seed][0]
v_mistakes = look(net, validation)[1]
mistakes = look(net, testing)[1]
p, n = mistakes / 400, 400
print("chosen by validation loss:", kind.__name__, "with seed", seed)
print("validation digits wrong:", v_mistakes, "of 400")
print("test digits wrong:      ", mistakes, "of 400")
error = (p * (1 - p) / n) ** 0.5
print(f"so {100 * (1 - p):.1f} % are right, give or take {100 * error:.1f} %",
      f"(one standard error: {n * error:.0f} digits)")
# --8<-- [end:test]


# --8<-- [start:confusion]
with torch.no_grad():
    chances = net(x[testing]).softmax(1).cpu()
truth, guesses = y[testing].cpu(), chances.argmax(1)
counts = torch.zeros(10, 10, dtype=torch.int64)
counts.index_put_((truth, guesses), torch.tensor(1), accumulate=True)
print("of each digit, 0 to 9:", counts.sum(1).tolist())
print("wrong among them:", (counts.sum(1) - counts.diag()).tolist())

fig, ax = plt.subplots(figsize=(4, 4))
ax.imshow(counts.double().log1p().numpy())
for true in range(10):
    for guess in range(10):
        if counts[true, guess]:
            ax.text(guess, true, int(counts[true, guess]), ha="center",
                    va="center", color="k" if true == guess else "w")
ax.set(xlabel="network's answer", ylabel="digit", xticks=range(10),
       yticks=range(10))
plt.show()
# --8<-- [end:confusion]


# --8<-- [start:wrong]
misread = (guesses != truth).nonzero()[:, 0]
misread = misread[chances[misread, guesses[misread]].argsort(descending=True)]
fig, axes = plt.subplots(2, 5, figsize=(5.5, 2.9))
for ax in axes.flat:
    ax.set_axis_off()
for ax, number in zip(axes.flat, misread, strict=False):
    ax.imshow(images[testing[number], 0].numpy(), cmap="gray_r")
    guess = guesses[number]
    ax.set_title(f"{truth[number]} → {guess}, {chances[number, guess]:.0%}")
plt.show()
surest = chances.max(1).values
right = guesses == truth
print("surer than 99 %:", int((surest > 0.99).sum()), "digits,",
      int((~right & (surest > 0.99)).sum()), "of them wrong")
print("less sure:", int((surest <= 0.99).sum()), "digits,",
      int((~right & (surest <= 0.99)).sum()), "of them wrong")
# --8<-- [end:wrong]


# --8<-- [start:saliency]
def saliency(net, images, digits):
    """How each image's score for its digit changes with each pixel."""
    pixels = images.clone().requires_grad_()
    scores = net(pixels).gather(1, digits[:, None])
    return torch.autograd.grad(scores.sum(), pixels)[0]


few = torch.stack([testing[(truth == digit) & right][0]
                   for digit in (0, 2, 3, 4, 8)])
slopes = saliency(net, x[few], y[few]).cpu()
fig, axes = plt.subplots(2, 5, figsize=(5.5, 2.5))
for i, (above, below) in enumerate(axes.T):
    above.imshow(images[few[i], 0].numpy(), cmap="gray_r")
    limit = slopes[i].abs().max()
    below.imshow(slopes[i, 0].numpy(), vmin=-limit, vmax=limit)
for ax in axes.flat:
    ax.set_axis_off()
plt.show()
# --8<-- [end:saliency]


# --8<-- [start:check]
shake = torch.rand(1, 1, 8, 8, generator=torch.Generator().manual_seed(0))
image, digit = x[few[:1]] + 0.01 * shake.to(x), y[few[0]]
h = 1e-6
steps = h * torch.eye(64).to(x).view(64, 1, 8, 8)  # one pixel each
with torch.no_grad():
    more, less = net(image + steps)[:, digit], net(image - steps)[:, digit]
measured = (more - less) / (2 * h)
slope = saliency(net, image, digit[None]).flatten()
print(f"slopes from {slope.min():.1f} to {slope.max():.1f}")
print("all 64 agree with finite differences:",
      bool((slope - measured).abs().max() < 1e-6))
# --8<-- [end:check]


# --8<-- [start:blank]
def changed(net, order):
    """Blank the first five pixels of each order; count changed answers."""
    keep = torch.ones_like(order, dtype=x.dtype)
    keep.scatter_(1, order[:, :5], 0)
    answers = net(x[read] * keep.view(-1, 1, 8, 8)).argmax(1)
    return int((answers != y[read]).sum())


read = testing[right]  # the test digits that the network read right
ink = x[read].flatten(1)
slope = saliency(net, x[read], y[read]).flatten(1)
other = saliency(runs[kind, (seed + 1) % 5][0], x[read], y[read]).flatten(1)
luck = torch.rand(ink.shape, generator=torch.Generator().manual_seed(0))
print(len(read), "digits; answers that change with five pixels blank:")
for name, rank in (
        ("ink, at random", luck.to(x) * (ink > 0)),
        ("ink, steepest slope", slope.abs() * (ink > 0)),
        ("largest slope × ink", slope * ink),
        ("the same, of another network", other * ink)):
    print(f"{name:29}", changed(net, rank.argsort(1, descending=True)))
# --8<-- [end:blank]


# --8<-- [start:answers]
def tried(name, make, part=training, epochs=15, seed=0):
    """Train, and print how it ends."""
    g = torch.Generator().manual_seed(seed)
    loss, _, v_loss, missed = train(make(g), part, epochs, g)[-1].tolist()
    print(f"{name:18} training loss {loss:.3f}, validation {v_loss:.2f},"
          f" {missed:.0f} of 400 wrong")


def sized(hidden):
    """As `mlp`, with another number of hidden units."""
    return lambda g: nn.Sequential(
        nn.Flatten(), MLP([64, hidden, 10], generator=g)).double().to(x)


for hidden in (8, 64, 500):
    tried(f"{hidden} hidden units", sized(hidden))
for many in (50, 100, 200, 500):
    tried(f"{many} digits", mlp, training[:many], 30)
# --8<-- [end:answers]


# --8<-- [start:moved]
kept, g = x, torch.Generator().manual_seed(0)
places = torch.randperm(64, generator=g)
x = kept.flatten(1)[:, places].view_as(kept)
for kind in (mlp, cnn):
    tried(f"{kind.__name__}, shuffled", kind)
x = kept.roll(1, 3)  # one pixel to the right
for kind in (mlp, cnn):
    moved = [look(runs[kind, seed][0], validation)[1] for seed in range(5)]
    print(f"{kind.__name__}, moved: wrong of 400:", moved)
x = kept
by_loss = sorted(runs, key=lambda run: runs[run][1][-1, 2])
worst = runs[by_loss[-1]][0]
print("test, worst of the ten:", look(worst, testing)[1], "wrong")
with torch.no_grad():
    five = [runs[cnn, seed][0](x[testing]).softmax(1) for seed in range(5)]
print("test, each CNN:", [wrong(p.argmax(1), testing) for p in five],
      " all five:", wrong(sum(five).argmax(1), testing))
# --8<-- [end:moved]
