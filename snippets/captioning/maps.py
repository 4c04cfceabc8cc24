import matplotlib.pyplot as plt
import torch

from dlbook.captioning.grammar import Item, words_of
from dlbook.captioning.scenes import handwriting, paint
from dlbook.captioning.trained import captioner
from dlbook.captioning.training import numbered

rng = torch.Generator().manual_seed(2)
scene = [Item(0, 0, 3), Item(3, 1, 7)]
picture, ids = paint([scene], handwriting("test"), rng), numbered([scene])
maps = captioner().maps(picture, ids[:, :-1])[0]
fig, axes = plt.subplots(3, 4, figsize=(5, 4.2))
for ax in axes.flat:
    ax.axis("off")
axes[0, 0].imshow(picture[0, 0].numpy(), cmap="gray_r")
axes[0, 0].set_title("picture")
words = words_of().decode(ids[0, 1:])
for ax, word, weights in zip(axes.flat[1:], words, maps, strict=False):
    ax.imshow(weights.numpy(), cmap="cividis", vmin=0, vmax=1)
    ax.set_title({",": "comma", "<eos>": "end"}.get(word, word))
print(f"the digit word 'seven' looks at the lower right quarter:"
      f" {maps[6, 2:, 2:].sum():.2f}")
plt.show()
