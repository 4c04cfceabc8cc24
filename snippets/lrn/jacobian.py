import matplotlib.pyplot as plt
import torch

from dlbook.lrn import lrn

a = torch.tensor([1.0, 2, 0, 1, 6, 5, 2, 1]).double().reshape(1, 8, 1)
how = {"size": 5, "alpha": 0.2, "k": 1}
slopes = torch.autograd.functional.jacobian(lambda a: lrn(a, **how), a)
slopes = slopes[0, :, 0, 0, :, 0]
off = slopes - slopes.diag().diag()
print("a neighbour can raise a channel:", bool((off > 0).any()))
print("a neighbour can lower a channel:", bool((off < 0).any()))
print("a channel can lower itself:", bool((slopes.diag() < 0).any()))

fig, ax = plt.subplots(figsize=(4, 3))
image = ax.imshow(slopes.numpy(), cmap="PuOr_r", vmin=-0.5, vmax=0.5)
fig.colorbar(image)
ax.set(xlabel="input channel j", ylabel="output channel i")
plt.show()
