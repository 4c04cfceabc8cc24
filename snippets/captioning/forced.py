import torch

from dlbook.captioning.grammar import caption
from dlbook.captioning.measures import exact_match
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import captioner
from dlbook.captioning.training import describe, numbered

rng = torch.Generator().manual_seed(0)
model, scenes = captioner(), draw_scenes(1000, rng)
pictures = paint(scenes, handwriting("test"), rng)
pictures += 0.1 * torch.randn(pictures.shape, generator=rng)  # bad light
ids = numbered(scenes)
best = model(pictures, ids[:, :-1]).argmax(2)
right = (best == ids[:, 1:]) | (ids[:, 1:] == 0)
print(f"all words right, true words read: {right.all(1).double().mean():.2f}")
said = describe(model, pictures)
share = exact_match(said, [[caption(scene)] for scene in scenes])
print(f"caption right, own words read:    {share:.2f}")
