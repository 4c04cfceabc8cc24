import matplotlib.pyplot as plt
import torch

from dlbook.captioning.grammar import caption, parse
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import captioner
from dlbook.captioning.training import describe

rng = torch.Generator().manual_seed(3)
scenes = draw_scenes(2000, rng)
pictures = paint(scenes, handwriting("test"), rng)
said = describe(captioner(), pictures)
wrong = [i for i, words in enumerate(said) if words != caption(scenes[i])]
kinds = {"place": 0, "size": 0, "digit": 0}
fig = plt.figure(figsize=(5.5, 4))
for place, i in enumerate(wrong):
    pairs = [*zip(caption(scenes[i]), said[i], strict=True)]
    differ = [(true, own) for true, own in pairs if true != own]
    for part in kinds:
        kinds[part] += any(getattr(a, part) != getattr(b, part) for a, b
                           in zip(scenes[i], parse(said[i]), strict=True))
    if place < 6:
        ax = fig.add_subplot(2, 3, place + 1)
        ax.imshow(pictures[i, 0], cmap="gray_r")
        ax.axis("off")
        ax.set_title("\n".join(f"{a}: said {b}" for a, b in differ))
print(len(wrong), "of 2,000 wrong, by what:", kinds)
plt.show()
