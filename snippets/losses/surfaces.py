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
losses = {
    "squared error": lambda w: mse((x @ w).sigmoid(), y),
    "cross-entropy": lambda w: binary_cross_entropy(x @ w, y),
}
# --8<-- [end:data]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

sides = torch.linspace(-12, 12, 41, dtype=torch.float64)
fig, axes = plt.subplots(1, 2, figsize=(5.5, 3.2), sharey=True)
for ax, (name, loss) in zip(axes, losses.items(), strict=True):
    surface = torch.stack([torch.stack([
        loss(torch.stack([a, b])) for a in sides]) for b in sides])
    ax.imshow(surface.numpy(), extent=[-12.3, 12.3] * 2, origin="lower")
    ends = []
    for start in ([-10.0, -8.0], [-9.0, 10.0], [2.0, 11.0]):
        w, path = torch.tensor(start, dtype=x.dtype), []
        for _ in range(300):
            path.append(w)
            (slope,) = torch.autograd.grad(loss(w.requires_grad_()), w)
            w = (w - slope).detach()
        ends.append(f"{loss(w):.2f}")
        path = torch.stack(path)[::10].detach().numpy()
        ax.plot(path[:, 0], path[:, 1], ".-", color="white", ms=2, lw=1)
    print(f"{name}: lowest {surface.min():.2f}, three ends", *ends)
    ax.set(title=name, xlabel="weight of ink on the left")
axes[0].set(ylabel="of ink at the bottom")
plt.show()
# --8<-- [end:draw]
