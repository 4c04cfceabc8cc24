import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.data import digits
from dlbook.fully_connected import Linear
from dlbook.normalization import normalized

generator = torch.Generator().manual_seed(0)
unit = Linear(64, 1, generator=generator).to(dlbook.device())
with torch.no_grad():
    z = unit(digits()[0].flatten(1).to(dlbook.device())).flatten().double()
fig, ax = plt.subplots(figsize=(5.5, 2.8))
for place, size in enumerate(sizes := (2, 4, 8, 32, 128, 512)):
    order = torch.rand(200, len(z) - 1, generator=generator).argsort(1) + 1
    others = z[order[:, :size - 1].to(z.device)]
    batches = torch.cat([z[:1].expand(200, 1), others], 1)
    y = normalized(batches, (1,))[:, 0].cpu()
    aside = torch.linspace(-0.25, 0.25, 200)
    ax.plot(place + aside, y, ".", color="C0", ms=3)
    print(f"B = {size:3}: spread of the output {y.std().item():.2f}")
ax.axhline(normalized(z, (0,))[0].item(), color="C1")
ax.set(xticks=range(6), xticklabels=sizes, xlabel="batch size B",
       ylabel="normalised number")
plt.show()
