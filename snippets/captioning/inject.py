# --8<-- [start:setup]
import torch
from torch import nn

import dlbook
from dlbook.captioning.model import Captioner
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.training import numbered
from dlbook.experiment import Data, Part


class Packed(Captioner):
    """Picture and words come in one row, as `compare` hands them over."""

    def forward(self, x):
        pictures, ids = x[:, :1024].unflatten(1, (1, 32, 32)), x[:, 1024:]
        return self.go_on(self.begin(pictures), ids.long())[0]


def packed(part, many, rng):
    """Scenes of one digit: five words with the end."""
    scenes = draw_scenes(many, rng, least=1, most=1)
    pictures, ids = paint(scenes, handwriting(part), rng), numbered(scenes)
    x = torch.cat([pictures.flatten(1), ids[:, :-1]], 1)
    return Part(x.to(dlbook.device()), ids[:, 1:].to(dlbook.device()))
# --8<-- [end:setup]


# --8<-- [start:parts]
def parts(seed):
    rng = torch.Generator().manual_seed(seed)
    sizes = {"train": 4000, "validation": 500, "test": 500}
    return Data(*(packed(part, many, rng) for part, many in sizes.items()))


def look():
    """A small eye, with a norm that many nets at once can have."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 4, 4), nn.GroupNorm(1, 16), nn.ReLU(),
        nn.Conv2d(16, 32, 3, 2, 1), nn.GroupNorm(1, 32), nn.ReLU())


def make(inject, d=48):
    return lambda rng: Packed(21, inject=inject, look=look(), d_word=48, d=d,
                              generator=rng)
# --8<-- [end:parts]


# --8<-- [start:compare]
# about two minutes
import matplotlib.pyplot as plt

from dlbook.captioning.grammar import likeliest
from dlbook.experiment import Competitor, Metric, Scale, compare


def wrong(scores, y):
    return (scores.argmax(-1) != y).any(1).double().mean()


nets = {name: Competitor(make(name)) for name in ("state", "word", "steps")}
nets["state, wider"] = Competitor(make("state", 57), control=True)
result = compare(
    nets, parts, steps=600, rates=(0.001, 0.003, 0.01),
    loss=lambda scores, y: nn.functional.cross_entropy(scores.mT, y),
    metric=Metric(wrong, Scale("points", name="wrong captions", times=100)),
    baselines={"likeliest caption": 1 - likeliest(1, 1)})
print(result)
result.draw(plt.figure(figsize=(5, 3)).gca())
plt.show()
# --8<-- [end:compare]
