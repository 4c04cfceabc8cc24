# about half a minute
import torch

from dlbook.captioning.grammar import entropy, words_of
from dlbook.captioning.model import Captioner, eye
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.training import fit_captioner, forced, numbered

rng = torch.Generator().manual_seed(1)
scenes = draw_scenes(2000, rng)
right, ids = paint(scenes, handwriting("test"), rng), numbered(scenes)
tests = {"right": right, "shuffled": right.roll(1, 0)}
print(f"who knows the grammar alone: {entropy():.1f} nats")
for trained, shuffled in (("shuffled", True), ("right", False)):
    rng = torch.Generator().manual_seed(0)
    net = Captioner(len(words_of()), look=eye((4, 8, 16)), generator=rng)
    fit_captioner(
        net, handwriting("train"), rng, steps=600, shuffled=shuffled)
    for tested, pictures in tests.items():
        nats = -forced(net, pictures, ids).sum(1).mean()
        print(f"trained on {trained} pictures, tested on {tested} ones:"
              f" {nats:.1f}")
