import torch

from dlbook.captioning.model import Captioner
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.training import numbered


class Forgetful(Captioner):
    """Its recurrent layer does not get the state to begin with."""

    def go_on(self, state, ids):
        return super().go_on(state._replace(h=0 * state.h.detach()), ids)


rng = torch.Generator().manual_seed(0)
scenes = draw_scenes(8, rng)
pictures, ids = paint(scenes, handwriting(), rng), numbered(scenes)
pictures.requires_grad_()
for kind in (Captioner, Forgetful):
    scores = kind(21, inject="state", generator=rng)(pictures, ids)
    if not scores[0].requires_grad:
        continue
    (grad,) = torch.autograd.grad(scores.sum(), pictures, allow_unused=True)
    said = "no way to it" if grad is None else bool((grad != 0).any())
    print(f"{kind.__name__:10} gradient at the pictures: {said}")
