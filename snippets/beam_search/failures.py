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
wrong = [i for i in range(2000) if said[i] != caption(scenes[i])]
fig = plt.figure(figsize=(5.5, 4))
for place, i in enumerate(wrong[:6]):
    ax = fig.add_subplot(2, 3, place + 1)
    ax.imshow(pictures[i, 0].numpy(), cmap="gray_r")
    ax.axis("off")
    pairs = zip(caption(scenes[i]), said[i], strict=True)
    ax.set_title("\n".join(f"{a}: said {b}" for a, b in pairs if a != b))
where = [[item[:2] for item in parse(said[i])] for i in wrong]
same = [[item[:2] for item in scenes[i]] for i in wrong] == where
print(len(wrong), "of 2,000 wrong; place and size right in all:", same)
plt.show()
