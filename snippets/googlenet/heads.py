import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.data import photo
from dlbook.googlenet import GoogLeNet

x = photo("china")[None, :, 100:324, 200:424].to(dlbook.device())
net = GoogLeNet(heads=True, dropout=lambda share: torch.nn.Identity(),
                generator=torch.Generator().manual_seed(0)).to(x)
first = {name: next(layer.parameters()) for name, layer
         in net.features.named_children() if [*layer.parameters()]}
fig, axes = plt.subplots(2, 1, figsize=(5.5, 4.2), sharex=True)
for ax, name, factor in zip(axes, ("torch", "He"), (1, 6**0.5), strict=True):
    for w in net.parameters():  # biases become 0
        w.data *= factor if w.ndim > 1 else factor == 1
    gradients = [torch.autograd.grad(
        -s.log_softmax(1)[0, 0], [*first.values()],  # class 0 is right
        retain_graph=True, materialize_grads=True) for s in net(x)]
    norms = [(a.norm().item(), (a + 0.3 * (b + c)).norm().item())
             for a, b, c in zip(*gradients, strict=True)]
    ax.semilogy([*first], norms, "o-")
    ax.set(ylabel=f"gradient, {name}", ylim=(1e-7, 99))
    print(name, *(f"{float(f'{with_ / own:.2g}'):g}" for own, with_ in norms))
plt.show()
