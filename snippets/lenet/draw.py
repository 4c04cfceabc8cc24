import matplotlib.pyplot as plt
import torch

from dlbook.forward import trace
from dlbook.lenet.handwriting import as_mnist, examples, inked
from dlbook.lenet.reader import measured, reader

for bits, right in measured().items():
    print(f"{bits}: {right:.2%} of MNIST's test pictures read right")
ink = inked(examples()[7].strokes, dtype=torch.float64)
steps = trace(reader(ink.dtype), as_mnist(ink)[None, None])
seen = {step.name.split(".")[-1]: step.gives[0] for step in steps}
shown = [["drawn", "share"], ["drawn", "c1"], ["seen", "s2"],
         ["seen", "c3"], ["seen", "s4"]]
fig, axes = plt.subplot_mosaic(shown, figsize=(5.5, 3.6), width_ratios=[2, 5])
axes["share"].bar(range(10), seen["output"].softmax(0).numpy())
axes["share"].set(xticks=range(10), yticks=[0, 1], ylabel="share")
maps = {"drawn": ink[None], "seen": as_mnist(ink)[None], "c1": seen["a1"],
        "s2": seen["s2"], "c3": seen["a3"], "s4": seen["s4"]}
for name, value in maps.items():
    edged = torch.nn.functional.pad(value, (0, 1), value=float(value.max()))
    row = edged.transpose(0, 1).flatten(1).numpy()
    axes[name].imshow(row, cmap="gray", vmin=0)
    axes[name].set(xticks=[], yticks=[], ylabel=name)
plt.show()
