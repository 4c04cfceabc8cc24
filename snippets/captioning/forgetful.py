import torch

from dlbook.captioning.model import Captioner
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.training import numbered


class Forgetful(Captioner):
    """Its recurrent layer does not get the state to begin with."""

    def go_on(self, state, ids):
        return super().go_on(state._replace(h=0 * state.h), ids)


rng = torch.Generator().manual_seed(0)
scenes = draw_scenes(8, rng)
pictures, ids = paint(scenes, handwriting(), rng), numbered(scenes)
pictures.requires_grad_()
for kind in (Captioner, Forgetful):
    model = kind(21, inject="state", generator=rng).eval()
    scores = model(pictures, ids[:, :-1])
    (grad,) = torch.autograd.grad(scores.sum(), pictures)
    alike = torch.allclose(scores[1:, 0], scores[:-1, 0])
    print(f"{kind.__name__:10} first words alike: {alike};",
          "gradient at the pictures:", bool(grad.any()))
