"""Dropout: every formula of the page by a second way, most by listing all masks that there are; and torch's layers."""

import copy
import itertools
import math
import pickle
import warnings

import pytest
import torch
from plain import as_a_reader_imports_it
from torch import nn
from torch.nn import functional
from torch.testing import assert_close

import dlbook.dropout
from dlbook.dropout import (
    Dropout,
    Dropout2d,
    apply_mask,
    draw_mask,
    dropout,
    dropout2d,
    dropout_gradient,
    samples,
    spread,
)

RATES = [0.1, 0.3, 0.5, 0.9]
UNITS = 5


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(13)


@pytest.fixture
def h(rng):
    return torch.randn(UNITS, generator=rng).double()


def seeded(seed=5):
    return torch.Generator().manual_seed(seed)


def all_masks(units=UNITS):
    return torch.tensor(list(itertools.product([0.0, 1.0], repeat=units))).double()


def chances(masks, p):
    """The probability of each mask."""
    kept = masks.sum(1)
    return p ** (masks.shape[1] - kept) * (1 - p) ** kept


def by_torch(function, x, *args, seed=5, **kwargs):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return function(x, *args, **kwargs)


# masks


@pytest.mark.parametrize("p", RATES)
def test_a_mask_has_as_many_zeros_as_p_says_each_by_itself(p, rng):
    mask = draw_mask((500, 400), p, rng)
    assert set(mask.unique().tolist()) == {0, 1}
    assert abs((mask == 0).double().mean() - p) < 4 * math.sqrt(p * (1 - p) / mask.numel())
    centred = mask - (1 - p)
    for one, other in ((centred[1:], centred[:-1]), (centred[:, 1:], centred[:, :-1])):
        assert abs((one * other).mean()) < 5 * p * (1 - p) / math.sqrt(one.numel())


def test_every_example_and_every_pass_has_a_mask_of_its_own(rng):
    x = torch.ones(30, 40)
    first, second = dropout(x, 0.5, rng), dropout(x, 0.5, rng)
    assert len({tuple(row) for row in torch.cat([first, second]).tolist()}) == 60


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_the_draws_are_the_same_in_every_precision(dtype):
    mask = draw_mask((7, 9), 0.3, seeded(), dtype=dtype)
    assert mask.dtype == dtype
    assert torch.equal(mask.double(), draw_mask((7, 9), 0.3, seeded(), dtype=torch.float64))


@pytest.mark.parametrize(("p", "value"), [(0, 1), (0.0, 1), (1, 0), (1.0, 0)])
def test_at_both_ends_nothing_is_drawn(p, value):
    g = seeded()
    before = g.get_state()
    assert torch.equal(draw_mask((2, 3), p, g), torch.full((2, 3), float(value)))
    dropout(torch.ones(3), p, g)
    assert torch.equal(g.get_state(), before)


# the formulas


@pytest.mark.equation("dropout")
@pytest.mark.parametrize("p", RATES)
def test_each_number_is_0_or_larger_by_1_over_1_minus_p(h, p):
    for mask in all_masks():
        loop = [m / (1 - p) * one for m, one in zip(mask.tolist(), h.tolist(), strict=True)]
        assert_close(apply_mask(h, mask, p), torch.tensor(loop).double())


@pytest.mark.parametrize("p", RATES)
def test_dropout_draws_a_mask_and_applies_it(rng, p):
    x = torch.randn(6, 8, generator=rng)
    expected = apply_mask(x, draw_mask(x.shape, p, seeded()), p)
    assert torch.equal(dropout(x, p, seeded()), expected)


@pytest.mark.equation("dropout_mean")
@pytest.mark.parametrize("p", RATES)
def test_the_mean_over_all_masks_is_what_stood_before(h, p):
    masks = all_masks()
    each = torch.stack([apply_mask(h, mask, p) for mask in masks])
    assert_close(chances(masks, p) @ each, h)


@pytest.mark.equation("dropout_variance")
@pytest.mark.parametrize("p", RATES)
def test_the_variance_over_all_masks_is_p_over_1_minus_p_times_the_square(h, p):
    masks = all_masks()
    each = torch.stack([apply_mask(h, mask, p) for mask in masks])
    assert_close(chances(masks, p) @ (each - h).square(), p / (1 - p) * h.square())


@pytest.mark.parametrize("p", RATES)
def test_mean_and_variance_of_what_is_drawn(p, rng):
    x, many = torch.tensor([3.0, -1.0, 0.5]).double(), 200_000
    drawn = dropout(x.expand(many, 3), p, rng)
    expected = p / (1 - p) * x.square()
    assert ((drawn.mean(0) - x).abs() < 5 * (expected / many).sqrt()).all()
    assert_close(drawn.var(0), expected, rtol=0.03, atol=0)


@pytest.mark.equation("dropout_sum")
@pytest.mark.parametrize("p", [0.0, *RATES])
def test_the_sum_of_weighted_units_has_the_mean_and_variance_of_the_page(h, rng, p):
    w, masks = torch.randn(UNITS, generator=rng).double(), all_masks()
    sums = torch.stack([apply_mask(h, mask, p) if p else h for mask in masks]) @ w
    share, found = chances(masks, p), spread(h, w, p)
    assert_close(share @ sums, found.mean)
    assert_close(share @ (sums - found.mean).square(), found.variance)
    by_hand = p / (1 - p) * sum(float(a * b) ** 2 for a, b in zip(w, h, strict=True))
    assert math.isclose(found.variance, by_hand, abs_tol=1e-15)


def test_the_spread_of_many_rows_is_that_of_each(rng):
    h, w = (torch.randn(4, 3, generator=rng).double() for _ in "hw")
    both = spread(h, w, 0.4)
    for row in range(4):
        one = spread(h[row], w[row], 0.4)
        assert_close((both.mean[row], both.variance[row]), (one.mean, one.variance))


@pytest.mark.equation("dropout_gradient")
@pytest.mark.parametrize("p", RATES)
def test_the_gradient_goes_where_the_numbers_went(h, rng, p):
    w, step = torch.randn(UNITS, generator=rng).double(), 1e-6
    for mask in all_masks()[::3]:

        def loss(x, mask=mask):
            return (apply_mask(x, mask, p) @ w).sin()

        x = h.clone().requires_grad_()
        dropped = apply_mask(x, mask, p)
        dropped.retain_grad()
        (dropped @ w).sin().backward()
        slopes = [(loss(h + step * e) - loss(h - step * e)) / (2 * step) for e in torch.eye(UNITS).double()]
        ours = dropout_gradient(dropped.grad, mask, p)
        assert_close(ours, torch.stack(slopes), rtol=1e-6, atol=1e-8)
        assert_close(ours, x.grad)
        assert (ours[mask == 0] == 0).all()


@pytest.mark.equation("dropout_ridge")
@pytest.mark.parametrize("p", RATES)
def test_squared_error_under_dropout_is_ridge_regression(h, rng, p):
    w, target, masks = torch.randn(UNITS, generator=rng).double(), 0.7, all_masks()
    errors = torch.stack([(target - apply_mask(h, mask, p) @ w).square() for mask in masks])
    penalty = p / (1 - p) * sum(w[j] ** 2 * h[j] ** 2 for j in range(UNITS))
    assert_close(chances(masks, p) @ errors, (target - h @ w).square() + penalty)


@pytest.mark.equation("dropout_geometric")
@pytest.mark.parametrize("p", RATES)
def test_one_softmax_layer_is_the_geometric_mean_of_all_its_thinned_ones(h, rng, p):
    weight, bias = torch.randn(4, UNITS, generator=rng).double(), torch.randn(4, generator=rng).double()
    masks = all_masks()
    each = torch.stack([(weight @ apply_mask(h, mask, p) + bias).softmax(0) for mask in masks])
    product = torch.stack([row**c for row, c in zip(each, chances(masks, p), strict=True)]).prod(0)
    assert_close(product / product.sum(), (weight @ h + bias).softmax(0))
    assert not torch.allclose(chances(masks, p) @ each, (weight @ h + bias).softmax(0), atol=1e-3)


@pytest.mark.equation("dropout_shift")
@pytest.mark.parametrize("p", RATES)
def test_batch_norm_behind_it_stores_a_larger_variance(p):
    x = torch.tensor([-1.0, 0.5, 2.0, 4.0]).double()  # all equally often
    values = torch.cat([x * 0, x / (1 - p)])
    weight = torch.cat([torch.full((4,), p / 4), torch.full((4,), (1 - p) / 4)]).double()
    mean = weight @ values
    stored = weight @ (values - mean).square()
    mu, v = x.mean(), x.var(correction=0)
    assert_close(mean, mu)
    assert_close(stored, v + p / (1 - p) * (v + mu**2))
    assert_close(v / stored, 1 / (1 + p / (1 - p) * (1 + mu**2 / v)))


def test_batch_norm_of_torch_stores_that(rng):
    x = 1 + 2 * torch.randn(400_000, 1, generator=rng).double()
    norm = nn.BatchNorm1d(1, momentum=1.0).double()
    norm(dropout(x, 0.3, rng))
    ratio = x.var() / norm.running_var
    assert math.isclose(ratio, 1 / (1 + 0.3 / 0.7 * (1 + x.mean() ** 2 / x.var())), rel_tol=0.01)


# torch


@pytest.mark.parametrize("p", [0.0, *RATES, 1.0])
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
@pytest.mark.parametrize("shape", [(7,), (0, 4), (3, 5, 2), (2, 3, 4, 4)])
def test_the_same_seed_gives_what_torch_gives_to_the_bit(rng, p, dtype, shape):
    x = torch.randn(shape, generator=rng).to(dtype)
    ours = dropout(x, p, seeded())
    assert ours.dtype == dtype
    assert torch.equal(ours, by_torch(functional.dropout, x, p))
    if len(shape) == 4:
        assert torch.equal(dropout2d(x, p, seeded()), by_torch(functional.dropout2d, x, p))


@pytest.mark.parametrize(("ours", "theirs"), [(Dropout, nn.Dropout), (Dropout2d, nn.Dropout2d)])
@pytest.mark.parametrize("p", [0.0, 0.4, 1.0])
def test_layers_agree_with_torch_in_value_and_gradient(rng, ours, theirs, p):
    x = torch.randn(3, 4, 5, 5, generator=rng).double().requires_grad_()
    g = torch.randn(3, 4, 5, 5, generator=rng).double()
    found = ours(p, generator=seeded())(x)
    expected = by_torch(theirs(p), x)
    assert torch.equal(found, expected)
    assert torch.equal(*(torch.autograd.grad(y, x, g)[0] for y in (found, expected)))


@pytest.mark.parametrize("p", RATES)
def test_torch_with_its_mask_put_into_ours(rng, p):
    x = torch.randn(6, 8, generator=rng).double()
    theirs = nn.Dropout(p)(x)
    mask = (theirs != 0).double()
    assert torch.equal(apply_mask(x, mask, p), theirs)


def test_without_a_generator_the_draws_are_those_of_torch():
    x = torch.ones(4, 4)
    assert torch.equal(by_torch(dropout, x, 0.5), by_torch(functional.dropout, x, 0.5))


def test_the_mask_follows_the_axes_and_not_the_memory(rng):
    x = torch.randn(2, 3, 4, 5, generator=rng)
    turned = x.to(memory_format=torch.channels_last)
    assert torch.equal(dropout(x, 0.5, seeded()), dropout(turned, 0.5, seeded()))
    assert torch.equal(dropout(x.mT.contiguous().mT, 0.5, seeded()), dropout(x, 0.5, seeded()))
    # torch's does follow the memory, as the page says
    theirs = [by_torch(functional.dropout, each, 0.5) for each in (x, turned)]
    assert not torch.equal(*theirs)


def test_maps_are_dropped_whole_each_image_by_itself(rng):
    y = dropout2d(torch.ones(200, 6, 3, 4), 0.25, rng)
    each = y.flatten(2)
    assert (each == each[..., :1]).all()
    assert_close(each.unique(), torch.tensor([0, 1 / 0.75]))
    assert abs((each[..., 0] == 0).double().mean() - 0.25) < 0.05
    assert len({tuple(row) for row in each[..., 0].tolist()}) > 30


def test_torch_takes_three_axes_for_images_of_rows():
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        y = nn.Dropout2d(0.5)(torch.ones(8, 16, 3))
    assert "interpreted as shape (N, C, L)" in str(seen[0].message)
    assert (y == y[..., :1]).all()  # whole rows, not whole maps
    assert any(0 < len(plane.nonzero()) < plane.numel() for plane in y)


# modes


@pytest.mark.parametrize("layer", [Dropout, Dropout2d, nn.Dropout, nn.Dropout2d])
def test_in_evaluation_the_input_itself_comes_back(layer):
    x = torch.ones(1, 2, 3, 3)
    assert layer(0.5).eval()(x) is x
    assert layer(0.0)(x) is x


def test_in_evaluation_nothing_is_drawn():
    g = seeded()
    before = g.get_state()
    Dropout(generator=g).eval()(torch.ones(5))
    assert torch.equal(g.get_state(), before)


def test_functional_dropout_of_torch_knows_no_evaluation(rng):
    x = torch.ones(100)
    assert (functional.dropout(x) == 0).any()  # training=True is the default
    assert functional.dropout(x, training=False) is x


def test_the_input_is_left_alone_unless_it_is_asked_for(rng):
    x = torch.randn(50, generator=rng)
    kept = x.clone()
    dropout(x, 0.5, rng)
    Dropout(generator=rng)(x)
    assert torch.equal(x, kept)
    y = dropout(x, 0.5, seeded(), inplace=True)
    assert y is x
    assert torch.equal(x, dropout(kept, 0.5, seeded()))
    maps = torch.ones(2, 3, 2, 2)
    assert Dropout2d(0.9, True, generator=rng)(maps) is maps
    assert (maps == 0).any()


@pytest.mark.parametrize("layer", [Dropout(0.5, inplace=True), nn.Dropout(0.5, inplace=True)])
def test_in_place_behind_a_relu_the_backward_pass_fails_in_both(layer):
    x = torch.ones(3, 4, requires_grad=True)
    y = layer((2 * x).relu())
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


def test_with_p_1_all_is_0_and_so_are_the_gradients(rng):
    x = torch.randn(4, 3, generator=rng).requires_grad_()
    y = dropout(x, 1)
    y.sum().backward()
    assert (y == 0).all()
    assert (x.grad == 0).all()
    assert (apply_mask(x, torch.zeros(4, 3), 1) == 0).all()


def test_what_is_dropped_and_no_number_becomes_nan():
    x = torch.tensor([math.inf, -math.inf, math.nan, 2.0])
    for function in (dropout, functional.dropout):
        assert function(x, 1.0).isnan().tolist() == [True, True, True, False]


def test_a_layer_can_be_copied_saved_and_named():
    layer = Dropout(0.25, generator=seeded())
    x, other = torch.ones(50), copy.deepcopy(layer)
    restored = pickle.loads(pickle.dumps(layer))
    assert torch.equal(layer(x), other(x))
    assert (restored(x) == 0).any()
    assert layer.state_dict() == {}
    assert repr(layer) == "Dropout(p=0.25)"
    assert repr(Dropout2d(0.5)) == "Dropout2d(p=0.5)"


# many passes


class Net(nn.Module):
    def __init__(self, drop):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, 8), nn.BatchNorm1d(8), drop, nn.Linear(8, 2))

    def forward(self, x):
        return self.layers(x)


@pytest.mark.parametrize("drop", [Dropout(0.5), nn.Dropout(0.5), nn.AlphaDropout(0.5)])
def test_samples_differ_and_leave_the_model_as_it_was(rng, drop):
    net, x = Net(drop).eval(), torch.randn(6, 3, generator=rng)
    net.layers[0].train()  # modes may be mixed
    before = net.layers[1].running_mean.clone()
    found = samples(net, x, 20)
    assert found.shape == (20, 6, 2)
    assert not found.requires_grad
    assert (found.std(0) > 0).all()
    assert [layer.training for layer in net.modules()] == [False, False, True, False, False, False]
    assert torch.equal(net.layers[1].running_mean, before)


def test_samples_are_right_on_average_for_a_linear_end(rng):
    net = nn.Sequential(Dropout(0.5, generator=rng), nn.Linear(3, 2)).eval().double()
    x = torch.randn(4, 3, generator=rng).double()
    assert_close(samples(net, x, 50_000).mean(0), net(x).detach(), atol=0.03, rtol=0)


def test_modes_come_back_also_after_an_error():
    net = Net(Dropout(0.5)).train()
    seen = []

    def fails(x):
        seen.extend(layer.training for layer in net.layers)
        raise ZeroDivisionError

    net.forward = fails
    with pytest.raises(ZeroDivisionError):
        samples(net, torch.ones(1, 3), 1)
    assert seen == [False, False, True, False]
    assert all(layer.training for layer in net.modules())


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda m: m.dropout(torch.ones(2), -0.1), "p must be a finite number of at least 0 and at most 1, got -0.1"),
        (lambda m: m.dropout(torch.ones(2), 1.1), "p must be a finite number .* got 1.1"),
        (lambda m: m.dropout(torch.ones(2), math.nan), "p must be a finite number .* got nan"),
        (lambda m: m.dropout(torch.ones(2), True), "p must be a finite number .* got True"),
        (lambda m: m.Dropout(2), "p must be a finite number .* got 2"),
        (lambda m: m.Dropout2d(-1), "p must be a finite number .* got -1"),
        (lambda m: m.draw_mask((2,), 50), "p must be a finite number .* got 50"),
        (lambda m: m.dropout(torch.arange(3)), "x must hold floating-point numbers, got torch.int64"),
        (lambda m: m.Dropout()([1.0]), "x must hold floating-point numbers, got list"),
        (
            lambda m: m.Dropout2d()(torch.ones(3, 4, 5)),
            r"x must have 4 axes \(images, channels, rows, columns\), got 3: shape \(3, 4, 5\)",
        ),
        (lambda m: m.dropout2d(torch.ones(2, 3, 4, 5, 6)), "x must have 4 axes .* got 5"),
        (
            lambda m: m.apply_mask(torch.ones(2, 3), torch.ones(3), 0.5),
            r"mask must have the shape of h, \(2, 3\), or 1 in its place, got \(3,\)",
        ),
        (lambda m: m.apply_mask(torch.ones(2, 1), torch.ones(2, 3), 0.5), r"mask must have the shape .* got \(2, 3\)"),
        (lambda m: m.apply_mask(torch.ones(2), 2 * torch.ones(2), 0.5), "mask must hold 0 and 1, got 2.0"),
        (lambda m: m.apply_mask(torch.ones(2), torch.ones(2), 1), "mask must hold 0 only, for p is 1, got 1.0"),
        (
            lambda m: m.apply_mask(torch.ones(2), torch.ones(2).double(), 0.5),
            "mask is torch.float64, h is torch.float32",
        ),
        (lambda m: m.apply_mask(torch.ones(2), torch.ones(2).bool(), 0.5), "mask must hold floating-point numbers"),
        (lambda m: m.dropout_gradient(torch.ones(2), torch.ones(3), 0.5), "mask must have the shape"),
        (
            lambda m: m.spread(torch.ones(2), torch.ones(2), 1),
            "p must be a finite number of at least 0 and below 1, got 1",
        ),
        (lambda m: m.spread(torch.ones(2), torch.ones(3), 0.5), "w must have the shape of h"),
        (lambda m: m.samples(nn.Linear(1, 1), torch.ones(1, 1), 3), "must have a dropout layer, got none in Linear"),
        (lambda m: m.samples(nn.Dropout(), torch.ones(1, 1), 0), "passes must be an integer of at least 1, got 0"),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call(as_a_reader_imports_it(dlbook.dropout))
