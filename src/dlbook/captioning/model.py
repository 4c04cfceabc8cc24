"""A model of captions: an eye, a recurrent layer, and words.

    picture -> CNN -> 4 x 4 places with f features each
    word before -> embedding -> GRU -> state h -> scores of the next word

Where does the picture come in? There are four ways:

    state       h_0 = tanh(W v): the state to begin with
    word        the first input is W v, in place of a word's embedding
    steps       each input is a word's embedding, and behind it W v
    attention   each h_t asks the places, and the answer stands beside it

v are the features of all places in one row. "word" is that of Vinyals et al.
(2015), section 3.1; the first three are called init-, pre- and par-inject by
Tanti, Gatt and Camilleri (2018), section 2. Attention over the places is that
of Xu et al. (2015), but after the recurrent layer, not before it.
"""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from dlbook._checking import checked_floating, refuse_ids, refuse_unless_whole
from dlbook.attention import attention, attention_weights
from dlbook.googlenet.inception import draw_all
from dlbook.rnn import GRU

INJECT = ("state", "word", "steps", "attention")
SIDE = 4  # places in a row, and rows of places


# --8<-- [start:eye]
def eye(channels: tuple[int, int, int] = (24, 48, 64)) -> nn.Sequential:
    """Pictures (n, 1, 32, 32) to features (n, channels, 4, 4).

    Args:
        channels: of the first convolution, the second, and the last two.
    """
    a, b, c = channels
    layers: list[nn.Module] = []
    for c_in, c_out in ((1, a), (a, b), (b, c), (c, c)):
        layers += [nn.Conv2d(c_in, c_out, 3, padding=1, bias=False),
                   nn.BatchNorm2d(c_out), nn.ReLU(), nn.MaxPool2d(2)]
    del layers[-5]  # three halvings: 32 to 4
    return nn.Sequential(*layers)
# --8<-- [end:eye]


class State(NamedTuple):
    """What is carried from word to word; captions on the first axis.

    Attributes:
        h: of the recurrent layer.
        places: what the eye saw; stays as it is.
        v: what is added to each input, for "steps"; else without columns.
    """

    h: Float[Tensor, "n d"]
    places: Float[Tensor, "n places f"]
    v: Float[Tensor, "n e"]


# --8<-- [start:captioner]
class Captioner(nn.Module):
    """Scores of each next word, from a picture and the words before.

    Args:
        tokens: how many words the vocabulary has.
        inject: how the picture comes in: "state", "word", "steps" or
            "attention".
        look: gives 4 x 4 places with features; by default `eye()`.
        d_word: numbers of a word.
        d: numbers of the state.
        generator: where the starting weights come from.

    Raises:
        ValueError: for another way, and sizes without sense.
    """

    def __init__(
        self, tokens: int,
        *, inject: str = "attention", look: nn.Module | None = None,
        d_word: int = 32, d: int = 96,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, tokens=tokens, d_word=d_word, d=d)
        if inject not in INJECT:
            raise ValueError(
                f"inject must be one of {INJECT}, got {inject!r}"
            )
        self.inject, self.d = inject, d
        self.look = eye() if look is None else look
        with torch.no_grad():
            f = _features(self.look)
        out, both = d, d_word
        if inject == "attention":
            self.query, out = nn.Linear(d, f), d + f
            self.where = nn.Parameter(torch.zeros(SIDE**2, f))
        else:
            width = d if inject == "state" else d_word
            self.summary = nn.Linear(f * SIDE**2, width)
            both += width if inject == "steps" else 0
        self.embedding = nn.Embedding(tokens, d_word)
        self.output = nn.Linear(out, tokens)
        draw_all(self, generator)
        self.recurrent = GRU(both, d, batch_first=True, generator=generator)
        self._draw_words(generator)
# --8<-- [end:captioner]

    @torch.no_grad()
    def _draw_words(self, generator) -> None:
        """Words, and marks that tell the places apart, are normal."""
        self.embedding.weight.normal_(generator=generator)
        if self.inject == "attention":
            self.where.normal_(0, 0.1, generator=generator)

    # --8<-- [start:begin]
    def begin(self, pictures: Float[Tensor, "n 1 32 32"]) -> State:
        """The state before the first word."""
        checked_floating("pictures", pictures, "n, 1, rows, columns")
        places = self.look(pictures).flatten(2).mT
        h, none = places.new_zeros(len(places), self.d), places[:, 0, :0]
        if self.inject == "attention":
            return State(h, places, none)
        v = self.summary(places.flatten(1))
        if self.inject == "state":
            return State(v.tanh(), places, none)
        if self.inject == "steps":
            return State(h, places, v)
        _, first = self.recurrent(v[:, None])  # as if it were a word
        return State(first[0], places, none)
    # --8<-- [end:begin]

    # --8<-- [start:forward]
    def forward(
        self, pictures: Float[Tensor, "n 1 32 32"], ids: Int[Tensor, "n t"]
    ) -> Float[Tensor, "n t tokens"]:
        """Scores of what comes after each word; the words are given."""
        refuse_ids(ids, self.embedding.num_embeddings)
        return self.go_on(self.begin(pictures), ids)[0]

    def go_on(
        self, state: State, ids: Int[Tensor, "n t"]
    ) -> tuple[Float[Tensor, "n t tokens"], State]:
        """Read some words more: scores after each, and the state then."""
        v = state.v[:, None].expand(-1, ids.shape[1], -1)
        inputs = torch.cat([self.embedding(ids), v], 2)
        h, last = self.recurrent(inputs, state.h[None])
        shown = h
        if self.inject == "attention":
            seen = attention(*self._asked(h, state), state.places)
            shown = torch.cat([h, seen], 2)
        return self.output(shown), state._replace(h=last[0])
    # --8<-- [end:forward]

    # --8<-- [start:step]
    def step(
        self, state: State, token: Int[Tensor, " n"]
    ) -> tuple[Float[Tensor, "n tokens"], State]:
        """Log-probabilities of the next word, as searching asks for them."""
        scores, state = self.go_on(state, token[:, None])
        return scores[:, 0].log_softmax(1), state
    # --8<-- [end:step]

    # --8<-- [start:maps]
    @torch.no_grad()
    def maps(
        self, pictures: Float[Tensor, "n 1 32 32"], ids: Int[Tensor, "n t"]
    ) -> Float[Tensor, "n t 4 4"]:
        """Where each next word was looked for; a map adds up to 1.

        Raises:
            ValueError: for a model without attention.
        """
        if self.inject != "attention":
            raise ValueError(
                f"only a model with attention has maps, not {self.inject!r}"
            )
        state = self.begin(pictures)
        h, _ = self.recurrent(self.embedding(ids), state.h[None])
        weights = attention_weights(*self._asked(h, state))
        return weights.unflatten(2, (SIDE, SIDE))
    # --8<-- [end:maps]

    def _asked(self, h, state) -> tuple[Tensor, Tensor]:
        """Queries and keys; the marks of the places are in the keys."""
        return self.query(h), state.places + self.where


def _features(look: nn.Module) -> int:
    """How many features a place has; the running means stay untouched."""
    was = look.training
    seen = look.eval()(torch.zeros(1, 1, 8 * SIDE, 8 * SIDE))
    look.train(was)
    if seen.ndim != 4 or seen.shape[2:] != (SIDE, SIDE):
        raise ValueError(
            f"look must give (n, features, {SIDE}, {SIDE}), got"
            f" {tuple(seen.shape)}"
        )
    return seen.shape[1]
