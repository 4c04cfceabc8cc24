import torch

from dlbook.captioning.grammar import caption, parse, written
from dlbook.captioning.scenes import draw_scenes, handwriting

rng = torch.Generator().manual_seed(0)
for scene in draw_scenes(2, rng):
    print(*[tuple(item) for item in scene])
    for language in ("en", "zh"):
        said = caption(scene, language)
        print("  ", written(said, language),
              "| and back:", parse(said, language) == scene)
try:
    parse(["small", "three", "top", "left", ",", "seven"])
except ValueError as error:
    print(error)
parts = ("train", "validation", "test")
print("handwritten pictures:",
      {part: len(handwriting(part).pictures) for part in parts})
