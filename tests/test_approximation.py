"""Approximation: curves that are written down, and pieces that are counted."""

import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.testing import assert_close

import dlbook.approximation.counting
import dlbook.approximation.curves
import dlbook.approximation.folds
from dlbook.approximation import bends, bumps, folded, pieces
from dlbook.data import photo
from dlbook.fully_connected import MLP


def randn(rng, *shape):
    return torch.randn(*shape, generator=rng, dtype=torch.float64)


# Written down


@pytest.mark.equation("bump")
@given(st.floats(1, 300), st.floats(-2, 2), st.floats(0.01, 2), st.floats(-3, 3))
def test_two_sigmoids_are_a_bump(s, left, width, height):
    right = left + width
    edges, heights = (torch.tensor(numbers, dtype=torch.float64) for numbers in ([left, right], [height]))
    net = bumps(edges, heights, s)
    x = torch.linspace(-3, 5, 50, dtype=torch.float64)
    expected = [height * (_sigmoid(s * (v - left)) - _sigmoid(s * (v - right))) for v in x.tolist()]
    assert_close(net(x[:, None]).flatten(), torch.tensor(expected, dtype=torch.float64), atol=1e-9, rtol=1e-9)


def _sigmoid(t):
    return 1 / (1 + math.exp(-t)) if t > -700 else 0.0


def test_steep_bumps_are_the_staircase():
    edges, heights = torch.linspace(0, 1, 6).double(), torch.tensor([3.0, 9, 5, 1, 6]).double()
    middles = (edges[1:] + edges[:-1]) / 2
    net = bumps(edges, heights, 1e6)
    assert_close(net(middles[:, None]).flatten(), heights)
    assert net.sizes == (1, 10, 1)


@pytest.mark.equation("relu_pieces")
@given(st.lists(st.floats(0.05, 3), min_size=1, max_size=9), st.integers(0, 99))
def test_relus_draw_straight_pieces(steps, seed):
    g = torch.Generator().manual_seed(seed)
    knots = torch.tensor([0.0, *itertools.accumulate(steps)], dtype=torch.float64)
    values = randn(g, len(knots))
    x = knots[0] + (knots[-1] - knots[0]) * torch.rand(40, generator=g, dtype=torch.float64)
    k = (torch.searchsorted(knots, x, right=True) - 1).clamp(0, len(knots) - 2)
    part = (x - knots[k]) / (knots[k + 1] - knots[k])
    expected = (1 - part) * values[k] + part * values[k + 1]  # between its two neighbours
    net = pieces(knots, values)
    assert_close(net(x[:, None]).flatten(), expected)
    assert_close(net(knots[:, None]).flatten(), values)
    assert net.sizes == (1, len(steps), 1)


def test_outside_the_knots_the_curve_is_level_then_straight():
    net = pieces(torch.tensor([0.0, 1, 3]).double(), torch.tensor([5.0, 7, 6]).double())
    assert net(torch.tensor([[-9.0], [5]]).double()).flatten().tolist() == [5, 5]


@pytest.mark.equation("approximation_bound")
@pytest.mark.parametrize("row", [5, 42, 70])
@pytest.mark.parametrize("n", [2, 8, 64])
def test_pieces_are_never_further_off_than_the_curve_moves_in_one_interval(row, n):
    pixels = photo("china", width=160).mean(0)[row].double()
    curve = pieces(torch.linspace(0, 1, 160).double(), pixels)
    x = torch.linspace(0, 1, 1025).double()
    f = curve(x[:, None]).flatten().detach()
    knots = torch.linspace(0, 1, n + 1).double()
    off = pieces(knots, curve(knots[:, None]).flatten().detach())(x[:, None]).flatten() - f
    near = [(f[: len(f) - k] - f[k:]).abs().max() for k in range(1024 // n + 1)]  # all pairs that near
    assert off.abs().max() <= max(near) + 1e-12


# Counted


def on_or_off(net, x):
    """For each example which hidden units are on, all layers in a row."""
    patterns = []
    for layer in net.layers[:-1]:
        x = layer(x)
        patterns.append(x > 0)
        x = x.relu()
    return torch.cat(patterns, 1)


WIDTHS = st.lists(st.integers(1, 9), min_size=1, max_size=4)


@given(WIDTHS, st.integers(0, 99))
def test_bends_are_where_a_unit_switches(widths, seed):
    g = torch.Generator().manual_seed(seed)
    net = MLP([3, *widths, 2], generator=g).double()
    start, end = 4 * randn(g, 3), 4 * randn(g, 3)
    places = bends(net, start, end)
    grid = torch.linspace(0, 1, 20_001).double()
    x = start + grid[:, None] * (end - start)
    switched = (on_or_off(net, x)[1:] != on_or_off(net, x)[:-1]).any(1).nonzero()[:, 0]
    steps = (places * 20_000).floor().long()  # in which step of the grid each place lies
    assert set(switched.tolist()) <= set(steps.tolist())
    apart = steps.bincount(minlength=20_000) == 1  # two switches of one unit in a step are not seen by the grid
    assert set(apart.nonzero()[:, 0].tolist()) & set(steps.tolist()) <= set(switched.tolist())
    assert places.tolist() == sorted(places.tolist())


@given(WIDTHS, st.integers(0, 99))
def test_between_two_bends_the_network_is_straight(widths, seed):
    g = torch.Generator().manual_seed(seed)
    net = MLP([3, *widths, 2], generator=g).double()
    start, end = 4 * randn(g, 3), 4 * randn(g, 3)
    ends = torch.cat([torch.zeros(1), bends(net, start, end), torch.ones(1)]).double()
    for left, right in itertools.pairwise(ends.tolist()):
        t = left + (right - left) * torch.tensor([0.1, 0.5, 0.9]).double()[:, None]
        one, two, three = net(start + t * (end - start))
        assert_close(two, (one + three) / 2)


@pytest.mark.equation("fold_map")
@given(st.floats(0, 1))
def test_a_fold_goes_up_and_comes_back(x):
    met = folded(1).double()(torch.tensor([[x]], dtype=torch.float64)).item()
    assert met == pytest.approx(1 - abs(2 * x - 1), abs=1e-12)


@pytest.mark.equation("fold_pieces")
@pytest.mark.parametrize("times", [1, 2, 3, 5, 8])
def test_each_fold_doubles_the_pieces(times):
    net = folded(times).double()
    ends = torch.tensor([[0.0], [1.0]]).double()
    assert_close(bends(net, *ends), torch.arange(1, 2**times).double() / 2**times)
    # another way: up and down between 0 and 1, at all multiples of one half to that power
    x = torch.linspace(0, 1, 2**times + 1).double()[:, None]
    assert_close(net(x).flatten(), torch.arange(2**times + 1).double() % 2)
    assert sum(net.sizes[1:-1]) == 2 * times


@pytest.mark.equation("pieces_bound")
@given(WIDTHS, st.floats(0.1, 30), st.integers(0, 999))
def test_no_network_has_more_pieces_than_the_bound(widths, scale, seed):
    g = torch.Generator().manual_seed(seed)
    net = MLP([1, *widths, 1]).double()
    for parameter in net.parameters():
        parameter.data = scale * randn(g, *parameter.shape)
    ends = torch.tensor([[-50.0], [50.0]]).double()
    assert len(bends(net, *ends)) + 1 <= math.prod(n + 1 for n in widths)


@pytest.mark.parametrize("n", [1, 4, 9])
def test_one_layer_reaches_the_bound(n):
    knots = torch.arange(n + 2).double()
    net = pieces(knots, randn(torch.Generator().manual_seed(0), n + 2))
    assert len(bends(net, knots[:1] - 1, knots[-1:])) + 1 == n + 2  # n + 1 units


@pytest.mark.equation("regions_bound")
@pytest.mark.parametrize("n", [1, 2, 3, 5, 8])
def test_lines_cut_the_plane_into_as_many_parts_as_the_formula_says(n):
    g = torch.Generator().manual_seed(n)
    w, b = randn(g, n, 2), randn(g, n)
    crossings = [torch.linalg.solve(w[[i, j]], -b[[i, j]]) for i, j in itertools.combinations(range(n), 2)]
    on_lines = [-b[i] * w[i] / w[i].dot(w[i]) for i in range(n)]
    spots = []  # round each crossing, and far out: every part of the plane touches one of them or is unbounded
    for middle, radius in (
        [(c, 1e-4) for c in crossings] + [(s, 1e-4) for s in on_lines] + [(torch.zeros(2).double(), 1e4)]
    ):
        angle = torch.linspace(0, 2 * math.pi, 4001).double()
        spots.append(middle + radius * torch.stack([angle.cos(), angle.sin()], 1))
    signs = (torch.cat(spots) @ w.T + b > 0).unique(dim=0)
    assert len(signs) == sum(math.comb(n, j) for j in range(3))


# What the page says of the theorem's conditions


@pytest.mark.parametrize("n", [3, 30])
def test_units_that_square_make_one_parabola(n):
    g = torch.Generator().manual_seed(n)
    w, b, v = randn(g, 3, n)
    x = torch.linspace(-1, 1, 101).double()
    drawn = (x[:, None] * w + b).square() @ v
    parabola = (v * w * w).sum() * x**2 + 2 * (v * w * b).sum() * x + (v * b * b).sum()
    assert_close(drawn, parabola)
    # which is never nearer to |x| than 1/8: at five points the error of x² + 1/8 is ±1/8 by turns (Chebyshev)
    spots = torch.tensor([-1, -0.5, 0, 0.5, 1]).double()
    assert_close(spots**2 + 1 / 8 - spots.abs(), torch.tensor([1, -1, 1, -1, 1]).double() / 8)


# Mistakes

CURVES = as_a_reader_imports_it(dlbook.approximation.curves)
COUNTING = as_a_reader_imports_it(dlbook.approximation.counting)
FOLDS = as_a_reader_imports_it(dlbook.approximation.folds)


def test_curves_without_sense_are_refused():
    two, three = torch.tensor([0.0, 1]), torch.tensor([0.0, 1, 1])
    with pytest.raises(ValueError, match=r"one place more than values.* got 2 places and 2 values"):
        CURVES.bumps(two, two, 9.0)
    with pytest.raises(ValueError, match=r"as many places.* got 3 places and 2 values"):
        CURVES.pieces(three, two)
    with pytest.raises(ValueError, match="two places at least, got 1 places"):
        CURVES.pieces(two[:1], two[:1])
    with pytest.raises(ValueError, match=r"the places must rise, got \[0.0, 1.0, 1.0\]"):
        CURVES.pieces(three, three)
    with pytest.raises(ValueError, match=r"the places must rise, got \[1.0, 0.0\]"):
        CURVES.pieces(two.flip(0), two)


def test_what_cannot_be_counted_is_refused():
    start, end = torch.zeros(2), torch.ones(2)
    with pytest.raises(ValueError, match=r"only pieces of torch.relu are counted, got the activation .*tanh"):
        COUNTING.bends(MLP([2, 3, 1], activation=torch.tanh), start, end)
    with pytest.raises(ValueError, match=r"end must have the shape of start, \(2,\), got \(3,\)"):
        COUNTING.bends(MLP([2, 3, 1]), start, torch.ones(3))


@pytest.mark.parametrize("times", [0, -1, 1.5, True])
def test_a_number_of_folds_without_sense_is_refused(times):
    with pytest.raises(ValueError, match=f"times must be an integer of at least 1, got {times!r}"):
        FOLDS.folded(times)
