# about a quarter of a minute
import torch

from dlbook.captioning.grammar import entropy
from dlbook.captioning.model import Captioner, eye
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import captioner
from dlbook.captioning.training import fit_captioner, forced, numbered

rng = torch.Generator().manual_seed(0)
blind = Captioner(21, look=eye((4, 8, 16)), generator=rng)
fit_captioner(blind, handwriting("train"), rng, steps=600, shuffled=True)
scenes = draw_scenes(2000, rng)
pictures, ids = paint(scenes, handwriting("test"), rng), numbered(scenes)


def nats(model, pictures):
    return float(-forced(model, pictures, ids).sum(1).mean())


print(f"who knows the grammar alone: {entropy():.1f} nats")
print(f"trained on shuffled pictures: {nats(blind, pictures):.1f}")
print(f"trained on the right ones: {nats(captioner(), pictures):.2f}")
others = pictures.roll(1, 0)
print(f"the same, tested on shuffled: {nats(captioner(), others):.0f}")
