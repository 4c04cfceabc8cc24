import torch

from dlbook.captioning.grammar import written
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import captioner
from dlbook.captioning.training import describe

rng = torch.Generator().manual_seed(5)
pictures = paint(draw_scenes(3, rng, most=2), handwriting("test"), rng)
for name, x in (("0 … 1", pictures), ("0 … 255", 255 * pictures),
                ("black and white swapped", 1 - pictures)):
    print(name)
    for words in describe(captioner(), x):
        print("  ", written(words))
