import textwrap

import matplotlib.pyplot as plt
import torch

from dlbook.captioning.grammar import written
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import captioner
from dlbook.captioning.training import describe

rng = torch.Generator().manual_seed(7)
pictures = paint(draw_scenes(3, rng), handwriting("test"), rng)
said = describe(captioner(), pictures)
fig = plt.figure(figsize=(5.5, 2.9))
for place, (picture, words) in enumerate(zip(pictures, said, strict=True)):
    ax = fig.add_subplot(1, 3, place + 1)
    ax.imshow(picture[0].numpy(), cmap="gray_r", vmin=0, vmax=1)
    ax.set(xticks=[], yticks=[])
    lines = textwrap.wrap(written(words), 25)
    ax.set_xlabel("\n".join(lines + [""] * (4 - len(lines))))
plt.show()
