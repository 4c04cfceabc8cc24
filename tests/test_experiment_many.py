"""Many networks at once: held to a loop that is written here, whatever the network, the optimiser and the loss."""

import itertools
import math
import re
import warnings
from functools import partial

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch import nn, optim
from torch.nn import functional
from torch.testing import assert_close

import dlbook.experiment.many
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.embedding import Embedding
from dlbook.experiment import Data, Metric, Part, Scale, _crew, _stacked, batches, fit_many, split, stream
from dlbook.experiment._groups import divided
from dlbook.experiment._stack import Stack
from dlbook.fully_connected import MLP
from dlbook.gradient_descent import SGD, Adam
from dlbook.losses import cross_entropy
from dlbook.pooling import AvgPool2d

PLAIN = as_a_reader_imports_it(dlbook.experiment.many)
TOLERANCE = {"rtol": 1e-5, "atol": 1e-5}


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def images(n=100):
    x, y = digits()
    return split(x[:n].double(), y[:n], seed=0)


def tokens(n=60, length=4, last=False):
    ids = torch.randint(11, (n, length + 1), generator=generator(0))
    y = ids[:, -1] if last else ids[:, 1:]
    return Data(*(Part(ids[i, :-1], y[i]) for i in torch.arange(n).split(n // 3)))


IMAGES, TOKENS = images(), tokens()
conv, drop = nn.Conv2d, nn.Dropout


def chain(*layers):
    return nn.Sequential(*layers).double()


class Words(nn.Module):
    """Scores for the next token, from a part that mixes positions."""

    def __init__(self, mix, embedding=nn.Embedding):
        super().__init__()
        self.embedding, self.mix, self.scores = embedding(11, 4), mix, nn.Linear(4, 11)

    def forward(self, ids):
        x = self.mix(self.embedding(ids))
        return self.scores(x[0] if isinstance(x, tuple) else x).mT


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding, self.scores = nn.Embedding(11, 4), nn.Linear(4, 11, bias=False)
        self.scores.weight = self.embedding.weight

    def forward(self, ids):
        return self.scores(self.embedding(ids)).mT


class Heads(nn.Module):
    def forward(self, x):
        q = x.unflatten(-1, (2, 2)).transpose(-2, -3)
        each = functional.scaled_dot_product_attention(q, q, q, is_causal=True)
        return x + each.transpose(-2, -3).flatten(-2)


class Branch(nn.Module):
    def forward(self, x):
        return x if x.mean() > 0 else 2 * x


class Noisy(nn.Module):
    def forward(self, x):
        return x + 0.1 * torch.randn_like(x) if self.training else x


class Frozen(nn.Module):
    """Weights that are not trained, and some that nobody uses."""

    def __init__(self):
        super().__init__()
        self.first, self.second, self.unused = nn.Linear(64, 5), nn.Linear(5, 10), nn.Linear(2, 2)
        self.first.weight.requires_grad_(False)

    def forward(self, x):
        return self.second(self.first(x.flatten(1)).tanh())


class Mixed(nn.Module):
    """The pixels in an order that is drawn with the network, and no part of its state."""

    def __init__(self, hidden):
        super().__init__()
        order = torch.randperm(64)
        self.order = (lambda x: x[:, order]) if hidden else order
        self.linear = nn.Linear(64, 10)

    def forward(self, x):
        x = x.flatten(1)
        return self.linear(self.order(x) if callable(self.order) else x[:, self.order])


class Later(nn.Module):
    """An order of the pixels that is drawn with the network, once it has learned."""

    def __init__(self):
        super().__init__()
        self.order = torch.randperm(64)

    def forward(self, x):
        return x if self.training else x[:, self.order]


class Residual(nn.Module):
    """Past some layers, one of them depthwise, their part with a factor that is learned; pixels are scaled by a buffer."""

    def __init__(self):
        super().__init__()
        self.first, self.deep, self.point = conv(1, 4, 1), conv(4, 4, 3, padding=1, groups=4), conv(4, 4, 1)
        self.part, self.scores = nn.Parameter(torch.tensor(0.5)), nn.Linear(4, 10)
        self.register_buffer("scale", torch.rand(8, 8), persistent=False)

    def forward(self, x):
        x = self.first(x * self.scale)
        x = x + self.part * self.point(functional.silu(self.deep(x)))
        return self.scores(functional.adaptive_avg_pool2d(x, 1).flatten(1))


class Hooked(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(64, 10)
        self.linear.register_forward_hook(lambda layer, args, output: 2 * output)

    def forward(self, x):
        return self.linear(x.flatten(1))


class Remembers(nn.Module):
    """Keeps what it saw last, and does not use it."""

    def __init__(self):
        super().__init__()
        self.linear, self.seen = nn.Linear(64, 10), None

    def forward(self, x):
        self.seen = self.linear(x.flatten(1))
        return self.seen


class Recurrent(nn.Module):
    """h = tanh(W x + U h), a step for each position."""

    def __init__(self):
        super().__init__()
        self.w, self.u = nn.Linear(4, 4), nn.Linear(4, 4)

    def forward(self, x):
        h, found = torch.zeros_like(x[:, 0]), []
        for position in x.unbind(1):
            h = torch.tanh(self.w(position) + self.u(h))
            found.append(h)
        return torch.stack(found, 1)


def mlp():
    return chain(nn.Flatten(), nn.Linear(64, 6), nn.ReLU(), nn.Linear(6, 10))


def head(width):
    return nn.Flatten(), nn.Linear(width, 10)


def words(mix, **how):
    return lambda: Words(mix(), **how).double()


def ours():
    first = CNN((1, 8, 8), [2], [2], pool=AvgPool2d).features  # the others are of the largest
    return chain(first, CNN((2, 4, 4), [3], [10]))


STACKED = {
    "dense": (mlp, IMAGES),
    "cnn": (lambda: chain(conv(1, 3, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), conv(3, 2, 2), *head(18)), IMAGES),
    "strides, groups": (
        lambda: chain(
            *(conv(1, 3, (3, 2), (2, 1), (1, 2), (1, 2)), nn.Tanh(), conv(3, 2, 2, 2)),
            *(conv(2, 4, 3, padding="same"), conv(4, 4, 3, padding=1, groups=2, bias=False), *head(40)),
        ),
        IMAGES,
    ),
    "bent, pooled": (
        lambda: chain(
            *(conv(1, 3, 3), nn.Tanh(), nn.MaxPool2d(3, 2, 1), nn.AvgPool2d(2, 1)),
            *(conv(3, 3, 2, padding=1), nn.Sigmoid(), nn.MaxPool2d(2, 1, 1, ceil_mode=True), *head(48)),
        ),
        IMAGES,
    ),
    "our layers": (ours, IMAGES),
    "dropout": (
        lambda: chain(drop(0.2), nn.Flatten(), nn.Linear(64, 6), nn.ReLU(), drop(0.5), nn.Linear(6, 10)),
        IMAGES,
    ),
    "channels": (lambda: chain(conv(1, 4, 3), nn.Dropout2d(0.4), nn.MaxPool2d(2), drop(0.1), *head(36)), IMAGES),
    "norms": (
        lambda: chain(
            *(nn.Flatten(1, 2), nn.Conv1d(8, 4, 3), nn.MaxPool1d(2), nn.GroupNorm(2, 4), nn.GELU()),
            *(nn.Flatten(), nn.Linear(12, 6), nn.LayerNorm(6), nn.Linear(6, 10)),
        ),
        IMAGES,
    ),
    "residual": (lambda: Residual().double(), IMAGES),
    "frozen": (lambda: Frozen().double(), IMAGES),
    "padding": (words(nn.Identity, embedding=partial(nn.Embedding, padding_idx=3)), TOKENS),
    "our embedding": (words(nn.Identity, embedding=partial(Embedding, padding_idx=3)), TOKENS),
    "tied": (lambda: Tied().double(), TOKENS),
    "attention": (words(Heads), TOKENS),
    "encoder": (words(partial(nn.TransformerEncoderLayer, 4, 2, 8, 0.0, "gelu", batch_first=True)), TOKENS),
    "recurrent": (words(Recurrent), TOKENS),
}
LOOPS = {
    "batch norm": (
        lambda: chain(nn.Flatten(), nn.Linear(64, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 10)),
        "buffer",
    ),
    "branch": (lambda: chain(nn.Flatten(), Branch(), nn.Linear(64, 10)), "vmap"),
    "noise": (lambda: chain(Noisy(), nn.Flatten(), nn.Linear(64, 10)), "vmap.*random"),
    "attribute": (lambda: Mixed(False).double(), "other numbers"),
    "closure": (lambda: Mixed(True).double(), "other numbers"),
    "attention drops": (
        lambda: chain(nn.Flatten(1, 2), nn.TransformerEncoderLayer(8, 2, 8, batch_first=True), *head(64)),
        "vmap.*random",
    ),
    "no rule": (lambda: chain(nn.Flatten(), nn.utils.parametrizations.weight_norm(nn.Linear(64, 10))), "vmap.*rule"),
    "not while learning": (lambda: chain(nn.Flatten(), Later(), nn.Linear(64, 10)), "other numbers"),
    "hook": (lambda: Hooked().double(), "Linear has a hook"),
    "memory": (lambda: Remembers().double(), "attribute 'seen'"),
}


def loop(
    make, seed, data, rate, steps, optimizer=optim.Adam, loss=functional.cross_entropy, batch=24, clip=None, factor=None
):
    """One network in a plain loop: the losses of all steps, and the network."""
    torch.manual_seed(seed)
    net = make()
    learner = optimizer(net.parameters(), lr=rate)
    order, losses, rows = generator(seed + 1_000_000), [], torch.empty(0, dtype=torch.int64)
    batch = min(batch, len(data.train.x))
    torch.manual_seed(seed + 2_000_000)
    for step in range(steps):
        while len(rows) < batch:
            rows = torch.cat([rows, torch.randperm(len(data.train.x), generator=order)])
        part, rows = rows[:batch], rows[batch:]
        for group in learner.param_groups if factor else ():
            group["lr"] = rate * factor(step / steps)
        learner.zero_grad()
        value = loss(net(data.train.x[part]), data.train.y[part])
        value.backward()
        if clip:
            nn.utils.clip_grad_norm_(net.parameters(), clip)
        learner.step()
        losses.append(value.item())
    return net.eval(), losses


def agrees_with_loops(make, data, seeds=(3, 0), rates=(0.003, 0.05), steps=3, every=2, **how):
    """Train at once and in loops; hold losses, weights and what was seen to each other."""
    loss = how.get("loss", functional.cross_entropy)
    together, schedule = how.pop("together", True), how.get("factor")
    here = {name: value for name, value in how.items() if name != "factor"} | {"schedule": schedule}
    many = fit_many(
        make, seeds, data, rates=rates, steps=steps, every=every, batch=24, metric="loss", together=together, **here
    )
    assert many.points.tolist() == [*range(every, steps, every), steps]
    for (r, rate), (s, seed) in itertools.product(enumerate(rates), enumerate(seeds)):
        net, losses = loop(make, seed, data, rate, steps, **how)
        pieces = torch.tensor(losses, dtype=torch.float64).split([every] * (steps // every) + [steps % every])
        assert_close(many.train[r, s], torch.stack([piece.mean() for piece in pieces if len(piece)]), **TOLERANCE)
        for name, tensor in {**dict(net.named_parameters()), **dict(net.named_buffers())}.items():
            assert_close(many.last[name][r, s], tensor.detach(), **TOLERANCE)
        value = loss(net(data.validation.x), data.validation.y).detach()
        assert_close(many.validation[r, s, -1], value.double(), **TOLERANCE)
        again = many.network(r, s, last=True)(data.validation.x)
        assert_close(again, net(data.validation.x), **TOLERANCE)
    return many


# The same as in a loop


@pytest.mark.parametrize("name", STACKED)
def test_networks_at_once_are_the_networks_one_by_one(name):
    make, data = STACKED[name]
    assert agrees_with_loops(make, data).reason == ""


@pytest.mark.parametrize("name", ["cnn", "dropout", "padding"])
def test_a_recorded_step_is_the_same_step(name, monkeypatch):
    monkeypatch.setattr(_crew, "LONG", 1)
    make, data = STACKED[name]
    assert agrees_with_loops(make, data).reason == ""


@pytest.mark.parametrize("name", LOOPS)
def test_what_a_stack_cannot_do_falls_back_to_loops_and_says_so(name):
    make, reason = LOOPS[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as readers may have them
        many = agrees_with_loops(make, IMAGES)
    assert re.search(reason, many.reason)


class Started(nn.Module):
    """A recurrent layer, positions first, that begins with a state of its own."""

    def __init__(self, kind, **how):
        super().__init__()
        self.layer = kind(4, 4, **how)
        self.start = nn.Parameter(torch.randn(1, 1, 4))

    def forward(self, x):
        h = self.start.expand(1, len(x), 4)
        state = (h, h) if isinstance(self.layer, nn.LSTM) else h
        y, last = self.layer(x.transpose(0, 1), state)
        last = last[0] + last[1] if isinstance(last, tuple) else last
        return y.transpose(0, 1) + last.transpose(0, 1)


class Cells(nn.Module):
    """A cell that is called for each position."""

    def __init__(self, kind, **how):
        super().__init__()
        self.cell = kind(4, 4, **how)

    def forward(self, x):
        state, found = None, []
        for position in x.unbind(1):
            state = self.cell(position, state)
            found.append(state[0] if isinstance(state, tuple) else state)
        return torch.stack(found, 1)


class Several(nn.Module):
    """Layers one after the other, of whose outputs the first is handed on."""

    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.ModuleList(layer() for layer in layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
            x = x[0] if isinstance(x, tuple) else x
        return x


RECURRENT = {
    "layers": partial(
        Several,
        partial(nn.RNN, 4, 4, 2, batch_first=True),
        partial(nn.RNN, 4, 4, nonlinearity="relu", bias=False, batch_first=True),
        partial(nn.GRU, 4, 4, 2, batch_first=True),
        partial(nn.LSTM, 4, 4, 2, batch_first=True),
    ),
    "from a state": partial(Several, partial(Started, nn.GRU), partial(Started, nn.LSTM)),
    "cells": partial(
        Several,
        partial(Cells, nn.RNNCell, nonlinearity="relu"),
        partial(Cells, nn.GRUCell),
        partial(Cells, nn.LSTMCell),
    ),
}


@pytest.mark.parametrize("name", RECURRENT)
def test_torchs_recurrent_layers_are_stacked(name):
    assert agrees_with_loops(words(RECURRENT[name]), TOKENS, steps=3).reason == ""


def test_recurrent_layers_with_more_than_that_fall_back():
    class Both(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.GRU(4, 2, batch_first=True, bidirectional=True)

        def forward(self, x):
            return self.layer(x)[0]

    many = agrees_with_loops(words(Both), TOKENS, steps=3)
    assert many.reason.startswith("vmap: RuntimeError: Batching rule not implemented")


OPTIMIZERS = {
    "sgd": optim.SGD,
    "momentum": partial(optim.SGD, momentum=0.9, nesterov=True, weight_decay=0.01),
    "adamw": partial(optim.AdamW, weight_decay=0.1),
    "adam, not fused": partial(optim.Adam, foreach=True, amsgrad=True),
    "rmsprop": optim.RMSprop,
    "ours": Adam,
    "our momentum": partial(SGD, momentum=0.9),
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizers(name):
    assert agrees_with_loops(mlp, IMAGES, optimizer=OPTIMIZERS[name]).reason == ""


def test_an_optimizer_that_looks_at_more_than_one_weight_falls_back():
    many = agrees_with_loops(mlp, IMAGES, optimizer=optim.Adafactor)
    assert many.reason == "Adafactor may look at several weights at once"


@pytest.mark.parametrize("how", [{"clip": 0.3}, {"factor": lambda done: 1 - done}], ids=["clip", "schedule"])
@pytest.mark.parametrize("together", [True, False])
def test_clipping_and_schedules(how, together):
    many = agrees_with_loops(mlp, IMAGES, together=together, **how)
    assert many.reason == ("" if together else "asked for")


PICK = generator(1)
FLAT = Data(
    *(Part(torch.randn(20, 7, generator=PICK).double(), torch.randn(20, 3, generator=PICK).double()) for _ in "123")
)
LOSSES = {
    "smoothed": (mlp, IMAGES, partial(functional.cross_entropy, label_smoothing=0.1)),
    "weighted": (mlp, IMAGES, partial(functional.cross_entropy, weight=torch.arange(1.0, 11).double())),
    "ignored": (
        lambda: Words(nn.Identity()).double(),
        TOKENS,
        lambda z, y: functional.cross_entropy(z.mT.flatten(0, 1), y.flatten(), ignore_index=4),
    ),
    "many classes": (lambda: chain(nn.Flatten(), nn.Linear(64, 40)), IMAGES, functional.cross_entropy),
    "ours": (mlp, IMAGES, cross_entropy),
    "written out": (mlp, IMAGES, lambda z, y: (z.logsumexp(1) - z.gather(1, y[:, None])[:, 0]).mean()),
    "regression": (lambda: chain(nn.Linear(7, 4), nn.Tanh(), nn.Linear(4, 3)), FLAT, functional.mse_loss),
}


@pytest.mark.parametrize("name", LOSSES)
def test_any_loss(name):
    make, data, loss = LOSSES[name]
    assert agrees_with_loops(make, data, loss=loss).reason == ""


def test_half_as_many_digits_are_still_the_same():
    make, (x, y) = STACKED["cnn"][0], digits()
    data = split(x[:150], y[:150], seed=0)
    single, loops = (
        fit_many(lambda: make().float(), [3, 0, 1], data, rates=0.01, steps=5, together=together)
        for together in (True, False)
    )
    assert (single.reason, loops.reason) == ("", "asked for")
    for name, tensor in single.last.items():
        assert tensor.dtype == torch.float32
        assert_close(tensor, loops.last[name], rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("most", [1, 3, 4])
def test_stacks_that_are_divided_for_the_cache(most, monkeypatch):
    data = partial(split, IMAGES.train.x, IMAGES.train.y)  # each seed its own
    whole = fit_many(mlp, range(4), data, rates=[0.01, 0.02, 0.03], steps=2, metric="loss")
    monkeypatch.setattr(_crew, "FEW", 1)
    monkeypatch.setattr(_crew, "LONG", 1)
    stacks = []
    monkeypatch.setattr(_crew, "Stack", lambda *args: stacks.append(Stack(*args)) or stacks[-1])
    monkeypatch.setattr(Stack, "tried", counted(Stack.tried, 1000))
    monkeypatch.setattr(_crew, "CACHE", 250 * most + 1)
    parts = fit_many(mlp, range(4), data, rates=[0.01, 0.02, 0.03], steps=2, metric="loss")
    assert parts.reason == ""
    assert {len(stack.weights) for stack in stacks[1:]} == {{1: 1, 3: 2, 4: 4}[most]}
    assert_close(parts.last, whole.last)
    assert_close(parts.validation, whole.validation)


def counted(tried, kept):
    def pretends(stack, x, y):
        found = tried(stack, x, y)
        stack.kept = kept
        return found

    return pretends


def test_networks_too_large_for_the_cache_are_trained_one_by_one(monkeypatch):
    monkeypatch.setattr(_crew, "CACHE", 1)
    many = fit_many(mlp, range(4), IMAGES, steps=2)
    assert many.reason == "so large that a stack gains nothing"
    assert fit_many(mlp, range(2), IMAGES, steps=2).reason == "fewer than 3 networks"


@given(seeds=st.integers(1, 12), rates=st.integers(1, 9), most=st.integers(1, 40))
def test_groups_are_all_networks_in_order(seeds, rates, most):
    groups = list(divided(seeds, rates, most))
    found = [(r, s) for some, few in groups for r in range(rates)[few] for s in range(seeds)[some]]
    assert found == list(itertools.product(range(rates), range(seeds)))
    assert all(len(range(seeds)[some]) * len(range(rates)[few]) <= most for some, few in groups)


# The layers of a stack


@given(
    size=st.tuples(st.integers(5, 8), st.integers(5, 8)), kernel=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    stride=st.tuples(st.integers(1, 3), st.integers(1, 2)), padding=st.tuples(st.integers(0, 2), st.integers(0, 1)),
    dilation=st.tuples(st.integers(1, 2), st.integers(1, 2)), bias=st.booleans(), channels=st.integers(1, 3),
)  # fmt: skip
@settings(max_examples=25)
def test_the_convolution_of_a_stack(size, kernel, stride, padding, dilation, bias, channels):
    shapes = (3, 2, channels, *size), (3, 2, channels, *kernel), (3, 2)
    g, how = generator(0), {"stride": stride, "padding": padding, "dilation": dilation}
    tensors = [torch.randn(shape, generator=g).double() for shape in shapes][: 2 + bias]
    at_once = [tensor.clone().requires_grad_() for tensor in tensors]
    y = _stacked.conv2d(*at_once, **how)
    y.square().sum().backward()
    for k in range(3):
        alone = [tensor[k].clone().requires_grad_() for tensor in tensors]
        expected = functional.conv2d(*alone, **how)
        expected.square().sum().backward()
        assert_close(y[k], expected)
        for mine, theirs in zip(at_once, alone, strict=True):
            assert_close(mine.grad[k], theirs.grad)


@given(classes=st.integers(2, 40), n=st.integers(1, 6), seed=st.integers(0, 99))
@settings(max_examples=25)
def test_the_cross_entropy_of_a_stack(classes, n, seed):
    g = generator(seed)
    scores = torch.randn(3, n, classes, generator=g).double().requires_grad_()
    targets = torch.randint(classes, (3, n), generator=g)
    targets[1, 0] = 1
    losses = _stacked.cross_entropy(scores, targets, ignore_index=1)
    expected = torch.stack(
        [functional.cross_entropy(*pair, ignore_index=1) for pair in zip(scores, targets, strict=True)]
    )
    assert_close(losses, expected, equal_nan=True)
    rows = [torch.autograd.grad(x.nansum(), scores, retain_graph=True)[0] for x in (losses, expected)]
    assert_close(*rows, equal_nan=True)


# What a seed decides


def test_more_examples_than_there_are_make_no_batch():
    with pytest.raises(ValueError, match="batch must be an integer from 1 to 10, got 11"):
        batches([0], 10, 11)
    with pytest.raises(ValueError, match="examples must be an integer of at least 1, got 0"):
        batches([0], 0, 1)
    with pytest.raises(ValueError, match=r"purpose must be one of .*, got 'luck'"):
        stream(0, "luck")


def test_each_example_is_seen_once_before_any_comes_again():
    steps = torch.cat([step for _, step in zip(range(12), batches([0, 1], 10, 4), strict=False)], 1)
    for row in steps[:, :40]:
        for once in row.split(10):
            assert sorted(once.tolist()) == list(range(10))
    assert not torch.equal(steps[0], steps[1])


def test_the_purposes_of_a_seed_do_not_meet():
    draws = [
        torch.rand(4, generator=stream(5, purpose))
        for purpose in ("start", "order", "noise", "augment", "split", "layers")
    ]
    assert len({tuple(draw.tolist()) for draw in draws}) == 6
    assert_close(draws[0], torch.rand(4, generator=generator(5)))


def dropping(width):
    return chain(nn.Flatten(), drop(0.5), nn.Linear(64, width), nn.Linear(width, 10))


def test_paired_competitors_see_the_same_examples():
    seen = {"narrow": [], "wide": []}

    def watched(name, z, y):
        seen[name].append(y)
        return functional.cross_entropy(z, y)

    for name, width in (("narrow", 3), ("wide", 9)):
        make = partial(dropping, width)
        fit_many(make, [4, 7], IMAGES, steps=5, loss=partial(watched, name), together=False)
    assert len(seen["wide"]) > 10
    for narrow, wide in zip(*seen.values(), strict=True):
        assert torch.equal(narrow, wide)


def test_a_generator_by_place_by_name_or_none_gives_the_same_start():
    def by_place(g):
        return MLP([64, 10], generator=g)

    makes = [by_place, partial(MLP, [64, 10]), lambda generator=None: MLP([64, 10], generator=generator)]
    data = IMAGES.changed(lambda x: x.flatten(1).float())
    starts = [fit_many(make, [3], data, steps=1, rates=1e-30).last for make in makes]
    assert_close(starts[0], starts[1])
    assert_close(starts[0], starts[2])
    expected = MLP([64, 10], generator=generator(3)).layers[0].weight.detach()
    assert_close(starts[0]["layers.0.weight"][0, 0], expected)


def test_a_generator_that_may_be_left_out_is_given():
    def make(width=10, generator=None):
        assert width == 10
        return MLP([64, width], generator=torch.Generator().set_state(generator.get_state()))

    data = IMAGES.changed(lambda x: x.flatten(1).float())
    found = fit_many(make, [3], data, steps=1, rates=1e-30).last["layers.0.weight"][0, 0]
    assert_close(found, MLP([64, 10], generator=generator(3)).layers[0].weight.detach())


def test_layers_beside_those_with_the_generator_draw_other_numbers():
    def make(generator=None):
        return nn.Sequential(nn.Linear(64, 64), nn.Linear(64, 10), MLP([10, 10], generator=generator))

    data = IMAGES.changed(lambda x: x.flatten(1).float())
    last = fit_many(make, [3], data, steps=1, rates=1e-30).last
    assert_close(last["2.layers.0.weight"][0, 0], MLP([10, 10], generator=generator(3)).layers[0].weight.detach())
    torch.manual_seed(3)
    assert not torch.equal(last["0.weight"][0, 0], nn.Linear(64, 64).weight)
    torch.manual_seed(5_000_003)
    assert_close(last["0.weight"][0, 0], nn.Linear(64, 64).weight.detach())


class Always(nn.Module):
    """Drops outputs also when it does not learn."""

    def forward(self, x):
        return functional.dropout(x, 0.5)


def test_a_network_that_is_never_quiet_is_seen_alike_at_each_look():
    def make():
        return chain(nn.Flatten(), Always(), nn.Linear(64, 10))

    twice = [fit_many(make, range(3), IMAGES, rates=1e-30, steps=2, every=1, metric="loss") for _ in range(2)]
    assert "although not in training" in twice[0].reason
    assert torch.equal(twice[0].validation, twice[1].validation)
    assert torch.equal(twice[0].validation[..., 0], twice[0].validation[..., 1])


def test_torchs_own_generator_is_left_alone():
    torch.manual_seed(11)
    before = torch.get_rng_state()
    fit_many(lambda: chain(nn.Flatten(), Always(), nn.Linear(64, 10)), [0, 1, 2], IMAGES, steps=1)
    fit_many(STACKED["dropout"][0], [0, 1, 2], IMAGES, steps=2)
    fit_many(LOOPS["noise"][0], [0, 1, 2], IMAGES, steps=2)
    assert torch.equal(torch.get_rng_state(), before)


def test_each_seed_may_have_data_of_its_own():
    x, y = digits()
    divide = partial(split, x[:100].double(), y[:100])
    many = fit_many(mlp, [3, 0], divide, rates=[0.01, 0.02], steps=6, batch=16, metric="loss")
    for s, seed in enumerate([3, 0]):
        net, _ = loop(mlp, seed, divide(seed), 0.02, 6, batch=16)
        assert_close(many.network(1, s, last=True)(x[:9].double()), net(x[:9].double()), **TOLERANCE)
        value = functional.cross_entropy(net(divide(seed).validation.x), divide(seed).validation.y)
        assert_close(many.validation[1, s, -1], value.detach(), **TOLERANCE)


def test_examples_may_be_changed_before_they_are_seen():
    def shifted(x, g):
        return x + torch.randn(len(x), 1, 1, 1, generator=g, dtype=x.dtype)

    drawn = {seed: generator(seed + 3_000_000) for seed in (3, 0)}
    many = fit_many(mlp, [3, 0], IMAGES, rates=[0.01, 0.02], steps=1, batch=16, augment=shifted)
    for s, seed in enumerate([3, 0]):
        torch.manual_seed(seed)
        net = mlp()
        part = torch.randperm(len(IMAGES.train.x), generator=generator(seed + 1_000_000))[:16]
        x = shifted(IMAGES.train.x[part], drawn[seed])
        expected = functional.cross_entropy(net(x), IMAGES.train.y[part]).detach()
        assert_close(many.train[:, s, 0], expected.expand(2))


# What is seen and kept


def test_each_network_is_kept_at_its_best():
    many = fit_many(mlp, range(3), IMAGES, rates=[0.01, 0.5], steps=12, every=1)
    for r, s in itertools.product(range(2), range(3)):
        values, losses = many.validation[r, s], many.validation_loss[r, s]
        pairs = list(zip(values.tolist(), losses.tolist(), strict=True))
        assert many.best_at[r, s] == pairs.index(min(pairs))
        z = many.network(r, s)(IMAGES.validation.x)
        assert_close(functional.cross_entropy(z, IMAGES.validation.y).item(), min(pairs)[1])
        assert_close((z.argmax(1) != IMAGES.validation.y).double().mean().item(), min(pairs)[0])
    assert (many.best_at < 11).any()  # or the test could not tell best from last


def test_of_a_metric_where_more_is_better_the_most_is_kept():
    wrong, right = (fit_many(mlp, range(3), IMAGES, rates=0.03, steps=8, every=2, metric=m) for m in ("wrong", "right"))
    assert_close(right.validation, 1 - wrong.validation)
    assert torch.equal(right.best_at, wrong.best_at)
    assert_close(right.best, wrong.best)


def test_what_diverges_is_marked_and_spoils_no_other():
    rates = [0.01, 1e200]
    many = fit_many(mlp, range(3), IMAGES, rates=rates, steps=6, optimizer=optim.SGD)
    assert many.diverged.tolist() == [[False] * 3, [True] * 3]
    alone = fit_many(mlp, range(3), IMAGES, rates=0.01, steps=6, optimizer=optim.SGD)
    assert_close(many.last["1.weight"][:1], alone.last["1.weight"])


class Turned(nn.Module):
    def forward(self, x):
        return x.mT


def turned_loss(z, y):
    return functional.cross_entropy(z.mT, y)


def test_what_never_was_good_is_kept_as_it_began():
    how = {"loss": lambda z, y: z.square().mean(), "metric": "loss", "optimizer": optim.SGD}
    many = fit_many(mlp, range(3), IMAGES, rates=1e300, steps=3, every=3, **how)
    assert many.diverged.all()
    torch.manual_seed(1)
    for name, start in mlp().named_parameters():
        assert torch.equal(many.best[name][0, 1], start)
        assert not torch.equal(many.last[name][0, 1], start)


def test_metrics_find_the_axis_of_the_classes():
    ways = [
        (words(nn.Identity), functional.cross_entropy),
        (lambda: nn.Sequential(words(nn.Identity)(), Turned()), turned_loss),
    ]
    values = []
    for make, loss in ways:
        many = fit_many(make, range(3), TOKENS, steps=3, loss=loss)
        power = fit_many(make, range(3), TOKENS, steps=3, loss=loss, metric="perplexity")
        assert_close(power.validation, many.validation_loss.exp())
        values.append(many.validation)
    assert_close(*values)
    assert 0.5 < values[0].max() <= 1
    refused(
        r"axes of the targets and one for the classes, got \(20, 16\) for targets \(20, 4\)",
        make=lambda: nn.Sequential(nn.Embedding(11, 4), nn.Flatten()), data=TOKENS, loss=lambda z, y: z.sum(),
    )  # fmt: skip


def test_a_function_or_a_metric_measures_what_it_says():
    most = Metric(lambda z, y: z.amax())
    ours = [fit_many(mlp, range(3), IMAGES, steps=2, metric=m).validation for m in (most, most.function)]
    assert_close(*ours)


# What is refused


def refused(match, make=mlp, seeds=(0, 1, 2), data=IMAGES, **how):
    with pytest.raises(ValueError, match=match):
        PLAIN.fit_many(make, seeds, data, **({"steps": 2} | how))


class Counts(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear, self.times = nn.Linear(64, 10), 0

    def forward(self, x):
        self.times += 1
        return self.linear(x.flatten(1)) / self.times


def test_what_makes_no_sense_is_refused():
    refused("at least 1 seeds, got 0", seeds=[])
    refused("seeds must be several integers, got 3", seeds=3)
    refused("seeds must differ, got \\[1, 1\\]", seeds=[1, 1])
    refused("a seed must be an integer of at least 0, got -1", seeds=[-1])
    refused("a seed must be below 1000000, got 1000000", seeds=[1_000_000])
    refused("steps must be an integer of at least 1, got 0", steps=0)
    refused("every must be at most steps, 2, got 3", every=3)
    refused("batch must be an integer of at least 1, got 0", batch=0)
    refused("a learning rate must be a finite number above 0, got -0.1", rates=[0.1, -0.1])
    refused("a learning rate must be a finite number above 0, got inf", rates=math.inf)
    refused("at least 1 learning rates, got \\[\\]", rates=[])
    refused("rates must differ, got \\[0.1, 0.1\\]", rates=[0.1, 0.1])
    refused("data must be a dlbook.experiment.Data, .* got tuple", data=(1, 2))
    refused("metric must be one of .* got 'accuracy'", metric="accuracy")
    refused(
        'better must be "less" or "more", got \'high\'',
        metric=Metric(min, Scale(better="high")),
    )
    refused("make must give a torch.nn.Module, got Tensor", make=lambda: torch.ones(2))
    refused("make must be a function that gives a new network, got int", make=5)
    refused("make must be a function that gives a new network, got Sequential", make=mlp())
    refused("the network must give a tensor, got tuple", make=lambda: chain(nn.Flatten(), nn.RNN(64, 10)))
    refused("optimizer must be a function, got 'adam'", optimizer="adam")
    refused("loss must be a function, got None", loss=None)
    refused("schedule must be a function, got 'cosine'", schedule="cosine")
    refused("augment must be a function, got 3", augment=3)
    refused("augment must give a tensor of 32 examples, got None", augment=lambda x, g: None)
    refused(r"augment must give a tensor of 32 examples, got \(3, 1, 8, 8\)", augment=lambda x, g: x[:3])
    refused(r"metric must give one number, got \(20, 10\)", metric=lambda z, y: z)
    refused("metric must give one number, got 'few'", metric=lambda z, y: "few")
    refused("clip must be a finite number above 0, got -1", clip=-1)
    refused("a learning rate must be a finite number above 0, got nan", rates=[0.1, math.nan])
    refused("no parameter that can be trained", make=nn.Flatten)
    refused("loss must give one number, got \\(32,\\)", loss=partial(functional.cross_entropy, reduction="none"))
    refused("loss must depend on parameters", loss=lambda z, y: z.detach().sum())


def test_networks_that_a_seed_does_not_decide_are_refused():
    loose = generator(0)
    refused("other weights at each call", make=lambda: chain(nn.Flatten(), MLP([64, 10], generator=loose).double()))
    widths = itertools.count(2)
    refused("one architecture", make=lambda: chain(nn.Flatten(), nn.Linear(64, next(widths))))
    shared = mlp()
    refused("a new network at each call, got one that shares its parameters", make=lambda: shared)
    refused("lazy", make=lambda: chain(nn.Flatten(), nn.LazyLinear(10)))


def test_a_network_that_remembers_outside_of_its_state_is_refused():
    refused("neither a parameter nor a buffer: forward changes the attribute 'times'", make=lambda: Counts().double())


def test_data_of_different_lengths_are_refused():
    x, y = digits()
    refused(
        "train examples of all seeds must be equally many, got \\[60, 66\\]",
        data=lambda seed: split(x[: 100 + 10 * (seed == 1)].double(), y[: 100 + 10 * (seed == 1)], 0),
    )


def test_the_test_part_is_not_touched():
    class Sealed(Data):
        def __getattribute__(self, name):
            if name in ("test", "tested") and sealed:
                raise AssertionError("the test part was touched")
            return super().__getattribute__(name)

    sealed = False
    data = Sealed(IMAGES.train, IMAGES.validation, IMAGES.test)
    sealed = True
    assert fit_many(mlp, range(3), data, steps=2).reason == ""


def test_who_waits_is_told_how_far_it_has_come(capsys, monkeypatch):
    from dlbook.experiment import _progress

    assert list(_progress.told(range(3), 2)) == [0, 1, 2]
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(_progress, "PATIENCE", 0)
    assert list(_progress.told(range(3), 2)) == [0, 1, 2]
    out, err = capsys.readouterr()
    assert not out
    assert "2 networks" in err
