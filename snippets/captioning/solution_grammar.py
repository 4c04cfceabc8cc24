import torch

from dlbook.captioning.grammar import parse
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import captioner
from dlbook.captioning.training import describe

rng = torch.Generator().manual_seed(0)
scenes = draw_scenes(1000, rng)
pictures = paint(scenes, handwriting("test"), rng)
noise = torch.randn(pictures.shape, generator=rng)
for strength in (0.0, 0.1, 0.2, 0.5):
    found = []
    for words in describe(captioner(), pictures + strength * noise):
        try:
            found.append(parse(words))
        except ValueError:
            found.append(None)
    right = sum(a == b for a, b in zip(found, scenes, strict=True))
    print(f"noise {strength}: grammatical"
          f" {1 - found.count(None) / 1000:.2f}, right {right / 1000:.2f}")
