# about a minute
import torch

import dlbook
from dlbook.captioning.grammar import caption, words_of
from dlbook.captioning.measures import exact_match
from dlbook.captioning.model import Captioner
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import measured
from dlbook.captioning.training import describe, fit_captioner

rng = torch.Generator().manual_seed(0)
model = Captioner(len(words_of()), inject="attention", generator=rng)
model = model.to(dlbook.device())
fit_captioner(model, handwriting("train"), rng, steps=800)
print("pictures seen:", 800 * 64)
for name in ("validation", "test"):
    rng = torch.Generator().manual_seed(1)
    scenes = draw_scenes(1000, rng)
    pictures = paint(scenes, handwriting(name), rng).to(dlbook.device())
    said = describe(model, pictures)
    share = exact_match(said, [[caption(scene)] for scene in scenes])
    print(f"{name}: word for word right {share:.0%}")
print("the one of the package:", measured())
