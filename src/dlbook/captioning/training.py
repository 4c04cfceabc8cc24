"""Training a model of captions, and asking it for some.

Teacher forcing: the words before are those of the true caption, whatever the
model would have said. So all words of a caption are learned in one pass. Each
step sees scenes that were never seen before, and will not be seen again.
"""

from collections.abc import Sequence

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from dlbook._checking import Number, refuse_unless_whole
from dlbook.captioning.decoding import greedy
from dlbook.captioning.grammar import LEAST, MOST, Scene, caption, words_of
from dlbook.captioning.masked import masked_cross_entropy
from dlbook.captioning.model import Captioner
from dlbook.captioning.scenes import Handwriting, draw_scenes, paint
from dlbook.experiment._progress import told
from dlbook.training.recipes import one_cycle
from dlbook.vocabulary.words import BOS, EOS, PAD

LONGEST = 24  # words of a caption of either language, the end counted


# --8<-- [start:batch]
def numbered(
    scenes: Sequence[Scene], language: str = "en"
) -> Int[Tensor, "n t"]:
    """Their captions as rows of numbers: begin, words, end, filler."""
    words = words_of(language)
    rows = [words.encode(caption(scene, language), ends=True)
            for scene in scenes]
    longest = max(map(len, rows), default=0)
    filled = [row + [PAD] * (longest - len(row)) for row in rows]
    return torch.tensor(filled, dtype=torch.int64)
# --8<-- [end:batch]


# --8<-- [start:fit]
def fit_captioner(
    model: Captioner, hands: Handwriting, generator: torch.Generator,
    *, steps: int, batch: int = 64, rate: Number = 0.003,
    language: str = "en", least: int = LEAST, most: int = MOST,
    shuffled: bool = False,
) -> list[float]:
    """Teacher forcing with Adam on new scenes; gives the losses.

    Args:
        model: changed in place, left in training mode.
        hands: the handwriting that the scenes are made of.
        generator: where the scenes come from.
        steps: how many times the weights change.
        batch: pictures a step sees: steps * batch are seen in all.
        rate: the highest rate; it rises for a tenth of the steps and falls.
        language: of the captions.
        least: as for `draw_scenes`.
        most: as for `draw_scenes`.
        shuffled: whether each caption gets the picture of the next scene: a
            control, in which the picture says nothing.
    """
    refuse_unless_whole(1, steps=steps, batch=batch)
    device = next(model.parameters()).device
    optimizer = torch.optim.Adam(model.train().parameters(), lr=rate)
    losses = []
    for step in told(range(steps), 1):
        scenes = draw_scenes(batch, generator, least=least, most=most)
        pictures = paint(scenes, hands, generator).to(device)
        ids = numbered(scenes, language).to(device)
        pictures = pictures.roll(1, 0) if shuffled else pictures
        scores = model(pictures, ids[:, :-1])
        loss = masked_cross_entropy(scores, ids[:, 1:], PAD)
        optimizer.zero_grad()
        loss.backward()
        optimizer.param_groups[0]["lr"] = rate * one_cycle(step / steps)
        optimizer.step()
        losses.append(loss.item())
    return losses
# --8<-- [end:fit]


# --8<-- [start:describe]
@torch.no_grad()
def describe(
    model: Captioner, pictures: Float[Tensor, "n 1 32 32"],
    language: str = "en",
) -> list[list[str]]:
    """What the model says of each picture, in its own words, word by word."""
    was, words = model.training, words_of(language)
    state = model.eval().begin(pictures)
    said = greedy(model.step, state, begin=BOS, end=EOS, longest=LONGEST)
    model.train(was)
    return [words.decode(each.ids) for each in said]
# --8<-- [end:describe]


# --8<-- [start:forced]
@torch.no_grad()
def forced(
    model: nn.Module, pictures: Float[Tensor, "n 1 32 32"],
    ids: Int[Tensor, "n t"],
) -> Float[Tensor, "n t-1"]:
    """The log-probability of each true word, after the true words before it.

    Args:
        model: a captioner.
        pictures: what it sees.
        ids: from `numbered`. Begin has none; those of filler are 0.
    """
    was = model.training
    rows = model.eval()(pictures, ids[:, :-1]).log_softmax(2)
    model.train(was)
    found = rows.gather(2, ids[:, 1:, None])[:, :, 0]
    return found.masked_fill(ids[:, 1:] == PAD, 0)
# --8<-- [end:forced]
