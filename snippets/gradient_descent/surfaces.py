# --8<-- [start:data]
import torch

from dlbook.data import digits
from dlbook.losses import binary_cross_entropy, mse

images, labels = digits()
chosen = (labels == 3) | (labels == 8)
pixels, y = images[chosen, 0].double(), (labels[chosen] == 8).double()
left, bottom = pixels[:, :, :4].mean((1, 2)), pixels[:, 6:].mean((1, 2))
x = torch.stack([left, bottom], 1)  # two numbers for each digit
x = (x - x.mean(0)) / x.std(0)
each = {"reduction": "none"}
losses = {
    "squared error": lambda z, y: mse(z.sigmoid(), y, **each),
    "cross-entropy": lambda z, y: binary_cross_entropy(z, y, **each),
}


def mean(loss, points):
    """The mean loss of each pair of weights, a row each."""
    z = x @ points.T
    return loss(z, y[:, None].expand_as(z)).mean(0)
# --8<-- [end:data]


# --8<-- [start:walk]
def walk(loss, eta, steps=300):
    """Downhill from three bad starts; where they are after each step."""
    path = [torch.tensor([[-10.0, -8], [-9, 10], [2, 11]]).to(x)]
    for _ in range(steps):
        w = path[-1].clone().requires_grad_()
        (slope,) = torch.autograd.grad(mean(loss, w).sum(), w)
        path.append(path[-1] - eta * slope)
    return torch.stack(path)


for name, loss in losses.items():
    first = walk(loss, 1, steps=1)
    slopes = [f"{s:.2f}" for s in (first[1] - first[0]).norm(dim=1)]
    print(f"{name}: slopes at the starts", *slopes)
    runs = {eta: torch.stack([mean(loss, w) for w in walk(loss, eta)])
            for eta in (0.3, 1, 3, 10, 30, 100, 300)}
    lowest = min(run.min() for run in runs.values())
    for eta, run in runs.items():
        far = (run > lowest + 0.01).any(1).nonzero().max() + 1
        said = f"{far:3} steps" if far < 301 else "not there in 300 steps"
        print(f"   step size {eta:3}: {said}")
# --8<-- [end:walk]


# --8<-- [start:draw]
import matplotlib.pyplot as plt
from matplotlib.colors import LogNorm

best = {"squared error": 100, "cross-entropy": 10}
sides = torch.linspace(-16, 16, 65, dtype=torch.float64)
grid = torch.cartesian_prod(sides, sides)
how = {"extent": [-16.25, 16.25] * 2, "origin": "lower",
       "norm": LogNorm(0.07, 20)}  # the same colours in both
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.8), sharey=True)
for ax, (name, loss) in zip(axes, losses.items(), strict=True):
    height = mean(loss, grid).reshape(65, 65).T
    drawn = ax.imshow(height.numpy(), **how)
    for path in walk(loss, best[name])[:40].unbind(1):
        ax.plot(*path.T.numpy(), ".-", color="white")
    for path in walk(loss, 1)[::10].unbind(1):
        ax.plot(*path.T.numpy(), color="C1", lw=3)
    ax.set(title=f"{name}\nwhite: {best[name]}, orange: 1",
           xlabel="left", xlim=(-16, 16), ylim=(-16, 16))
axes[0].set(ylabel="bottom")
fig.colorbar(drawn, ax=axes, ticks=[0.1, 1, 10], format="%g", label="loss")
plt.show()
# --8<-- [end:draw]
