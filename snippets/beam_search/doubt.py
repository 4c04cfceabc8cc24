import math

import torch

from dlbook.captioning.decoding import beam_search
from dlbook.captioning.grammar import caption, words_of, written
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import captioner
from dlbook.captioning.training import describe
from dlbook.vocabulary.words import BOS, EOS

rng = torch.Generator().manual_seed(3)
scenes, model, words = draw_scenes(1000, rng), captioner(), words_of()
pictures = paint(scenes, handwriting("test"), rng)
said = describe(model, pictures)
how = {"width": 3, "begin": BOS, "end": EOS, "longest": 24}
wrong = [i for i in range(1000) if said[i] != caption(scenes[i])]
for i in wrong[:2]:
    print("is  ", written(caption(scenes[i])))
    state = model.begin(pictures[i : i + 1])
    for found in beam_search(model.step, state, **how):
        text = written(words.decode(found.ids))
        print(f"{math.exp(found.logp):.2f}", text)
