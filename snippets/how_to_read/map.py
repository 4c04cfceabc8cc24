# --8<-- [start:model]
import torch
from torch import nn

from dlbook.convolution import Conv2d
from dlbook.data import digits
from dlbook.forward import trace
from dlbook.fully_connected import Linear, count_parameters
from dlbook.gradient_descent import Adam
from dlbook.losses import cross_entropy
from dlbook.pooling import MaxPool2d

g = torch.Generator().manual_seed(0)
convolution = Conv2d(1, 8, 3, padding=1, generator=g)
model = nn.Sequential(
    convolution, nn.ReLU(), MaxPool2d(2), nn.Flatten(),
    Linear(128, 10, generator=g),
).double()
images, answers = (part[:400] for part in digits())
images = images.double()
optimiser = Adam(model.parameters(), lr=0.02)
for _ in range(40):
    optimiser.zero_grad()
    loss = cross_entropy(model(images), answers)
    loss.backward()
    optimiser.step()
# --8<-- [end:model]
# --8<-- [start:table]
chapters = {"Conv2d": "convolution", "ReLU": "activations",
            "MaxPool2d": "pooling", "Linear": "fully_connected"}
steps = trace(model, images[:1])
print(f"{'':10} {'shape':>9} {'weights':>8}  chapter")
for step in steps:
    shape = " × ".join(map(str, step.gives.shape[1:]))
    chapter = chapters.get(step.kind, "")
    print(f"{step.kind:10} {shape:>9} {step.holds:>8}  {chapter}".rstrip())
every = count_parameters(model)
print(f"{'model(x)':10} {'10 scores':>9} {every:>8}  forward")
print(f"{'loss':10} {'1 number':>9} {'':>8}  losses")
print(f"{'backward()':10} {'slopes:':>9} {every:>8}  backprop")
print(f"{'step()':10} {'moved:':>9} {every:>8}  gradient_descent")
# --8<-- [end:table]
# --8<-- [start:picture]
import matplotlib.pyplot as plt

scores, maps, pooled = (steps[i].gives[0] for i in (4, 1, 2))
fig, axes = plt.subplots(1, 4, figsize=(5.5, 1.9))
side = [part.reshape(4, 2, *part.shape[1:]).permute(0, 2, 1, 3)
        for part in (maps, pooled)]
tiles = [part.reshape(4 * part.shape[1], -1) for part in side]
for ax, part in zip(axes, [images[0, 0], *tiles], strict=False):
    ax.imshow(part.numpy(), cmap="gray")
    ax.set_axis_off()
axes[3].barh(range(10), scores.softmax(0).numpy())
axes[3].set(yticks=range(10), xticks=[0, 1], xlabel="probability")
names = ["8 × 8 pixels", "convolution,\nactivations", "pooling",
         "fully_connected,\nlosses"]
for ax, name in zip(axes, names, strict=True):
    ax.set_title(name)
plt.show()
# --8<-- [end:picture]
