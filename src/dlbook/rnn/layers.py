"""Recurrent layers: one set of weights, used at each step of a sequence.

The arguments, the names of the weights and what comes out are those of
`torch.nn.RNN`, `GRU` and `LSTM`, so that either can stand where the other
does. Sequences of different lengths are given with `lengths`, where torch
packs them.
"""

from collections.abc import Callable, Iterator
from typing import Any

import torch
from jaxtyping import Float, Integer
from torch import Tensor, nn
from torch.nn.functional import linear

from dlbook._checking import (
    Number,
    checked_whole,
    computed_in,
    kind,
    refuse_other_axes,
    refuse_other_kind,
    refuse_unless_whole,
)
from dlbook.rnn.steps import (
    State,
    gru_step,
    linear_step,
    lstm_step,
    relu_step,
    rnn_step,
)

Step = Callable[[Tensor, Tensor, State], State]
BENDS = {"tanh": rnn_step, "relu": relu_step, "none": linear_step}


# --8<-- [start:run]
def run(
    step: Step, a: Float[Tensor, "t n g"], state: State,
    w_hh: Float[Tensor, "g d"], b_hh: Float[Tensor, " g"] | None,
    alive: Tensor | None = None,
) -> tuple[Float[Tensor, "t n d"], State]:
    """All steps of a layer, from the first to the last.

    Args:
        step: makes the next state of a state.
        a: what comes from the inputs, of all steps.
        state: before the first step.
        w_hh: for what comes from the state.
        b_hh: its bias.
        alive: (t, n, 1) whether a sequence still runs; one that does not
            keeps its state.
    """
    shown = []
    for t, from_x in enumerate(a.unbind(0)):
        new = step(from_x, linear(state[0], w_hh, b_hh), state)
        if alive is not None:
            pairs = zip(new, state, strict=True)
            new = tuple(torch.where(alive[t], *pair) for pair in pairs)
        state = new
        shown.append(state[0])
    return torch.stack(shown), state
# --8<-- [end:run]


# --8<-- [start:layer]
class Recurrent(nn.Module):
    """What all recurrent layers have in common.

    Args:
        input_size: how many numbers an input has.
        hidden_size: how many numbers the state h has.
        num_layers: each reads what the one below shows.
        bias: whether there are b_ih and b_hh.
        batch_first: x and y are (n, t, …) and not (t, n, …).
        bidirectional: a second set of weights reads from the end.
        generator: where the starting weights come from; all are within
            ±1/sqrt(hidden_size), as torch's.

    Raises:
        ValueError: for sizes that are no whole numbers of at least 1.
    """

    step: Step
    parts: int  # of a product: 1, or one for each gate and g or n
    tensors = 1  # in a state

    def __init__(
        self, input_size: int, hidden_size: int,
        *, num_layers: int = 1, bias: bool = True, batch_first: bool = False,
        bidirectional: bool = False, generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        sizes = {"input_size": input_size, "hidden_size": hidden_size}
        refuse_unless_whole(1, **sizes, num_layers=num_layers)
        self.input_size, self.hidden_size = input_size, hidden_size
        self.num_layers, self.bias = num_layers, bias
        self.batch_first, self.bidirectional = batch_first, bidirectional
        rows, edge = self.parts * hidden_size, hidden_size**-0.5
        for place, suffix in enumerate(self.suffixes()):
            below = hidden_size * self.directions
            columns = below if place >= self.directions else input_size
            shapes: dict[str, tuple] = {"weight_ih": (rows, columns)}
            shapes |= {"weight_hh": (rows, hidden_size)}
            shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)} if bias else {}
            for name, shape in shapes.items():
                weight = torch.empty(shape)
                weight.uniform_(-edge, edge, generator=generator)
                setattr(self, name + suffix, nn.Parameter(weight))
# --8<-- [end:layer]

    @property
    def directions(self) -> int:
        """1, or 2 if it also reads from the end."""
        return 1 + bool(self.bidirectional)

    def suffixes(self) -> Iterator[str]:
        """Of the names of the weights, from _l0 and _l0_reverse upwards."""
        for number in range(self.num_layers):
            yield f"_l{number}"
            if self.bidirectional:
                yield f"_l{number}_reverse"

    # --8<-- [start:forward]
    def forward(
        self, x: Float[Tensor, "a b i"], state: Any = None,
        *, lengths: Integer[Tensor, " n"] | None = None,
    ) -> tuple[Float[Tensor, "a b h"], Any]:
        """The state after each step, and the last one of each layer.

        Args:
            x: (t, n, input_size), with `batch_first` (n, t, input_size).
            state: of each layer and direction before the first step, zeros
                by default: (layers, n, hidden_size), for an LSTM two of them.
            lengths: how many steps of each sequence count. What follows is
                filler: it changes no state, and is shown as 0.

        Raises:
            ValueError: for tensors that do not fit. It names what was met.
        """
        x = self._checked(x)
        state, alive = self._states(x, state), self._alive(x, lengths)
        lasts = []
        for number in range(self.num_layers):
            shown = []
            for way in range(self.directions):
                place = number * self.directions + way
                start = tuple(tensor[place] for tensor in state)
                y, last = self._through(place, x, start, alive)
                shown.append(y)
                lasts.append(last)
            x = torch.cat(shown, -1) if self.bidirectional else shown[0]
        found = tuple(torch.stack(each) for each in zip(*lasts, strict=True))
        x = x.transpose(0, 1) if self.batch_first else x
        return x, found if self.tensors > 1 else found[0]
    # --8<-- [end:forward]

    # --8<-- [start:through]
    def _through(self, place, x, state, alive) -> tuple[Tensor, State]:
        """One direction of one layer; the second one reads from the end."""
        w_ih, w_hh, b_ih, b_hh = self._weights(place)
        backwards = place % self.directions == 1
        a = linear(x, w_ih, b_ih)  # the inputs of all steps at once
        mask = alive
        if backwards:
            a, mask = a.flip(0), None if alive is None else alive.flip(0)
        y, last = run(self.step, a, state, w_hh, b_hh, mask)
        y = y.flip(0) if backwards else y
        return y if alive is None else torch.where(alive, y, 0.0), last
    # --8<-- [end:through]

    def _weights(self, place) -> list[Any]:
        suffix = list(self.suffixes())[place]
        names = "weight_ih", "weight_hh", "bias_ih", "bias_hh"
        return [getattr(self, name + suffix, None) for name in names]

    def _checked(self, x: Tensor) -> Float[Tensor, "t n i"]:
        """The inputs, the steps first."""
        axes = "n, t" if self.batch_first else "t, n"
        refuse_other_kind(weight=self.weight_ih_l0, x=x)
        refuse_other_axes("x", x, f"{axes}, inputs")
        x = x.transpose(0, 1) if self.batch_first else x
        if x.shape[2] != self.input_size or not len(x):
            raise ValueError(
                f"x must have at least 1 step and {self.input_size} inputs"
                f" at each, got {len(x)} and {x.shape[2]}"
            )
        return x

    def _states(self, x: Tensor, state: Any) -> State:
        """The state to begin with, one tensor or two."""
        shape = (self.num_layers * self.directions, x.shape[1],
                 self.hidden_size)
        if state is None:
            return (x.new_zeros(shape),) * self.tensors
        given = state if isinstance(state, tuple) else (state,)
        shapes = [getattr(each, "shape", kind(each)) for each in given]
        if [*map(str, shapes)] != [str(torch.Size(shape))] * self.tensors:
            raise ValueError(
                f"state must be {self.tensors} of shape {shape}, got"
                f" {[tuple(s) if isinstance(s, torch.Size) else s for s in shapes]}"
            )
        for each in given:
            refuse_other_kind(x=x, state=each)
        return given

    def _alive(self, x: Tensor, lengths: Any) -> Tensor | None:
        """Which steps of which sequence count, as (t, n, 1)."""
        if lengths is None:
            return None
        t, n, _ = x.shape
        found = [checked_whole("a length", int(one), 1, t)
                 for one in torch.as_tensor(lengths).tolist()]
        if len(found) != n:
            raise ValueError(f"lengths must be {n}, got {len(found)}")
        ends = torch.tensor(found, device=x.device)
        return (torch.arange(t, device=x.device)[:, None] < ends)[..., None]

    def extra_repr(self) -> str:
        more = {"num_layers": 1, "bias": True, "batch_first": False,
                "bidirectional": False}
        said = [f", {name}={getattr(self, name)}" for name, usual
                in more.items() if getattr(self, name) != usual]
        return f"{self.input_size}, {self.hidden_size}" + "".join(said)


class RNN(Recurrent):
    """h ← tanh(W_ih x + b_ih + W_hh h + b_hh); its state fits `nn.RNN`.

    Args:
        args: as for `Recurrent`.
        nonlinearity: "tanh", "relu", or "none" for a line.
        kwargs: as for `Recurrent`.

    >>> y, last = RNN(3, 5)(torch.zeros(7, 2, 3))
    >>> y.shape, last.shape
    (torch.Size([7, 2, 5]), torch.Size([1, 2, 5]))
    """

    parts = 1

    def __init__(
        self, *args: Any, nonlinearity: str = "tanh", **kwargs: Any
    ) -> None:
        if nonlinearity not in BENDS:
            raise ValueError(
                f"nonlinearity must be one of {tuple(BENDS)},"
                f" got {nonlinearity!r}"
            )
        super().__init__(*args, **kwargs)
        self.nonlinearity = nonlinearity
        self.step = BENDS[nonlinearity]


class GRU(Recurrent):
    """Two gates; its state fits `nn.GRU`."""

    parts = 3
    step = staticmethod(gru_step)


class LSTM(Recurrent):
    """Three gates and a cell c; its state fits `nn.LSTM`, and is (h, c).

    >>> y, (h, c) = LSTM(3, 5, num_layers=2)(torch.zeros(7, 2, 3))
    >>> y.shape, c.shape
    (torch.Size([7, 2, 5]), torch.Size([2, 2, 5]))
    """

    parts, tensors = 4, 2
    step = staticmethod(lstm_step)

    def _states(self, x: Tensor, state: Any) -> State:
        """Both in the type of the products, as torch's are."""
        both = super()._states(x, state)
        return tuple(each.to(computed_in(x)) for each in both)


# --8<-- [start:forget]
@torch.no_grad()
def remember(layer: LSTM | nn.LSTM, bias: Number = 1.0) -> None:
    """Add this to the bias of all forget gates, so that they start open.

    Raises:
        ValueError: for a layer that is no LSTM, or has no biases.
    """
    if not isinstance(layer, (LSTM, nn.LSTM)) or not layer.bias:
        raise ValueError(f"layer must be an LSTM with biases, got {layer}")
    d = layer.hidden_size
    for name, weight in layer.named_parameters():
        if name.startswith("bias_ih"):
            weight[d : 2 * d] += bias  # the second part: i, f, g, o
# --8<-- [end:forget]


# --8<-- [start:cost]
def multiply_adds(
    parts: int, d_in: int, d: int,
    *, steps: int = 1, layers: int = 1, directions: int = 1,
) -> int:
    """Of all products of a recurrent layer, for one sequence.

    Args:
        parts: 1 for an RNN, 3 for a GRU, 4 for an LSTM.
        d_in: numbers of an input.
        d: numbers of a state.
        steps: how long the sequence is.
        layers: as `num_layers`.
        directions: 2 if it is bidirectional.

    >>> multiply_adds(4, 10, 20)
    2400
    """
    sizes = {"parts": parts, "d_in": d_in, "d": d, "steps": steps}
    refuse_unless_whole(1, **sizes, layers=layers, directions=directions)
    below = [d_in] + [directions * d] * (layers - 1)
    return steps * directions * sum(parts * d * (b + d) for b in below)
# --8<-- [end:cost]
