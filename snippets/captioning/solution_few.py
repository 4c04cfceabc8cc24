import torch

from dlbook.captioning.grammar import caption, written
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import captioner
from dlbook.captioning.training import describe

rng = torch.Generator().manual_seed(0)
scenes = draw_scenes(500, rng, least=1, most=1)
said = describe(captioner(), paint(scenes, handwriting("test"), rng))
right = sum(words == caption(scene)
            for words, scene in zip(said, scenes, strict=True))
print(f"one digit: right {right / 500:.2f}")
for words, scene in list(zip(said, scenes, strict=True))[:2]:
    print("  is", written(caption(scene)), "| said", written(words))
print("empty paper:", written(describe(captioner(),
                                       torch.zeros(1, 1, 32, 32))[0]))
