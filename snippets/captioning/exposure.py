import torch

from dlbook.captioning.grammar import words_of
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import captioner
from dlbook.captioning.training import numbered

rng = torch.Generator().manual_seed(0)
scenes = draw_scenes(1000, rng, least=3, most=3)
pictures, ids = paint(scenes, handwriting("test"), rng), numbered(scenes)
words, model = words_of(), captioner()
swaps = {"no word": (), "digit": ("three", "eight"),
         "size": ("small", "large"), "row": ("top", "bottom"),
         "column": ("left", "right")}
for name, pair in swaps.items():
    a, b = words.encode(pair) or (0, 0)
    read = ids.clone()
    first = read[:, 1:5]  # the words of the first digit
    first[ids[:, 1:5] == a], first[ids[:, 1:5] == b] = b, a
    told = (read != ids).any(1) | (name == "no word")
    after = model(pictures[told], read[told, :-1]).argmax(2)[:, 4:]
    share = (after == ids[told, 5:]).double().mean()
    print(f"{name:8} false, {told.sum():4} captions:"
          f" later words right {share:.2f}")
