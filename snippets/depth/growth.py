import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.forward import saved_bytes
from dlbook.fully_connected import MLP

cases = {  # name: (values, batch and sizes for a value)
    "batch": ((64, 128, 256), lambda v: (v, [64, 128, 128, 10])),
    "width": ((64, 128, 256), lambda v: (64, [64, v, v, 10])),
    "hidden layers": ((2, 4, 8), lambda v: (64, [64, *[128] * v, 10])),
}
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.3), sharey=True)
for ax, (name, (values, case)) in zip(axes, cases.items(), strict=True):
    kilobytes = []
    for batch, sizes in map(case, values):
        model = MLP(sizes).to(dlbook.device())
        x = torch.zeros(batch, 64, device=dlbook.device())
        kilobytes.append(saved_bytes(model, x) / 1000)
        assert kilobytes[-1] * 1000 == 4 * batch * sum(sizes[:-1])
    ax.plot(values, kilobytes, "o-")
    ax.set(xlabel=name, xlim=(0, None), ylim=(0, 350), xticks=values)
    print(f"{name:13} {values}: {[round(k) for k in kilobytes]} kB")
axes[0].set_ylabel("kept, in kB")
plt.show()
