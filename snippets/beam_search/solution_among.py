import torch

from dlbook.captioning.decoding import beam_search
from dlbook.captioning.grammar import caption, words_of
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import captioner
from dlbook.vocabulary.words import BOS, EOS

model, words = captioner(), words_of()
how = {"width": 5, "begin": BOS, "end": EOS, "longest": 24}
for seed in range(5):
    rng = torch.Generator().manual_seed(seed)
    scenes = draw_scenes(50, rng)
    pictures = paint(scenes, handwriting("test"), rng)
    pictures += 0.1 * torch.randn(pictures.shape, generator=rng)
    places = []
    for scene, picture in zip(scenes, pictures, strict=True):
        state = model.begin(picture[None])
        found = beam_search(model.step, state, **how)
        said = [words.decode(one.ids) for one in found]
        truth = caption(scene)
        places.append(said.index(truth) if truth in said else 5)
    counts = [places.count(place) for place in range(6)]
    print("first to fifth:", *counts[:5], " not there:", counts[5])
