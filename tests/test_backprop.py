"""Backpropagation: the four equations, finite differences, cost; against torch and by nudging."""

import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.nn import functional
from torch.testing import assert_close
from torch.utils.flop_counter import FlopCounterMode

import dlbook.backprop
from dlbook.backprop import (
    Layer,
    cross_entropy_delta,
    deltas,
    forward,
    gradients,
    numerical_gradient,
)

PHIS = {
    "tanh": (torch.tanh, lambda z: 1 - z.tanh() ** 2),
    "sigmoid": (torch.sigmoid, lambda z: z.sigmoid() * (1 - z.sigmoid())),
    "relu": (torch.relu, lambda z: (z > 0).to(z.dtype)),
    "identity": (lambda z: z, torch.ones_like),
}


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(20)


def draw(rng, *shape, dtype=torch.float64):
    return torch.randn(shape, generator=rng, dtype=torch.float64).to(dtype)


def net(rng, sizes):
    return [Layer(draw(rng, o, i), draw(rng, o)) for i, o in itertools.pairwise(sizes)]


def with_gradients(layers):
    return [Layer(w.clone().requires_grad_(), b.clone().requires_grad_()) for w, b in layers]


# The four equations


@pytest.mark.parametrize("phi", PHIS)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=6), st.integers(1, 4), st.integers(0, 9))
def test_the_four_equations_agree_with_autograd_in_any_net(phi, sizes, n, seed):
    rng, (function, slope) = torch.Generator().manual_seed(seed), PHIS[phi]
    layers, x = net(rng, sizes), draw(rng, n, sizes[0])
    target = torch.randint(sizes[-1], (n,), generator=rng)
    zs, inputs = forward(x, layers, function)
    ours = gradients(deltas(cross_entropy_delta(zs[-1], target), layers, zs, slope), inputs)
    watched = with_gradients(layers)
    functional.cross_entropy(forward(x, watched, function)[0][-1], target).backward()
    for mine, other in zip(ours, watched, strict=True):
        assert_close(mine.weight, other.weight.grad)
        assert_close(mine.bias, other.bias.grad)


def loss_of_zs(layers, function, start, z, target):
    """The loss as a function of Z of one layer: the rest of the net."""
    for layer in layers[start + 1 :]:
        z = function(z) @ layer.weight.T + layer.bias
    return functional.cross_entropy(z, target)


@pytest.mark.equation("bp_delta")
@pytest.mark.parametrize("phi", ["tanh", "sigmoid", "identity"])
def test_each_delta_is_the_derivative_by_z(phi, rng):
    function, slope = PHIS[phi]
    layers, x, target = net(rng, [3, 4, 5, 2]), draw(rng, 3, 3), torch.tensor([0, 1, 1])
    zs, _ = forward(x, layers, function)
    found = deltas(cross_entropy_delta(zs[-1], target), layers, zs, slope)
    for i, (delta, z) in enumerate(zip(found, zs, strict=True)):
        nudged = numerical_gradient(lambda z, i=i: loss_of_zs(layers, function, i, z, target), z)
        assert_close(delta, nudged, rtol=1e-6, atol=1e-9)
    by_index = torch.zeros_like(found[0])  # the sum on the page, index by index
    for i, j, k in itertools.product(range(3), range(4), range(5)):
        by_index[i, j] += found[1][i, k] * layers[1].weight[k, j] * slope(zs[0])[i, j]
    assert_close(found[0], by_index)


@pytest.mark.equation("bp_weight")
@pytest.mark.equation("bp_bias")
def test_gradients_of_weights_and_biases_are_the_sums_over_rows(rng):
    layers, x, target = net(rng, [3, 4, 2]), draw(rng, 5, 3), torch.tensor([0, 1, 1, 0, 1])
    zs, inputs = forward(x, layers, torch.tanh)
    found = deltas(cross_entropy_delta(zs[-1], target), layers, zs, PHIS["tanh"][1])
    for number, (weight, bias) in enumerate(gradients(found, inputs)):
        by_index, column = torch.zeros_like(weight), torch.zeros_like(bias)
        for i, k in itertools.product(range(5), range(len(bias))):
            column[k] += found[number][i, k]
            for j in range(weight.shape[1]):
                by_index[k, j] += found[number][i, k] * inputs[number][i, j]
        assert_close(weight, by_index)
        assert_close(bias, column)

        def loss(changed, number=number, what="weight"):
            moved = list(layers)
            moved[number] = layers[number]._replace(**{what: changed})
            return functional.cross_entropy(forward(x, moved, torch.tanh)[0][-1], target)

        assert_close(weight, numerical_gradient(loss, layers[number].weight), rtol=1e-6, atol=1e-9)
        by_bias = numerical_gradient(lambda b, loss=loss: loss(b, what="bias"), layers[number].bias)
        assert_close(bias, by_bias, rtol=1e-6, atol=1e-9)


@pytest.mark.equation("bp_output")
@given(st.integers(1, 5), st.integers(1, 6), st.floats(0.1, 300), st.integers(0, 9))
def test_last_delta_is_probability_less_truth(n, classes, scale, seed):
    rng = torch.Generator().manual_seed(seed)
    z, target = scale * draw(rng, n, classes), torch.randint(classes, (n,), generator=rng)
    truth = functional.one_hot(target, classes).double()
    assert_close(cross_entropy_delta(z, target), (z.softmax(1) - truth) / n)
    z.requires_grad_()
    functional.cross_entropy(z, target).backward()
    assert_close(cross_entropy_delta(z.detach(), target), z.grad)


def test_gradient_by_the_input_is_delta_times_weights(rng):
    layers, x, target = net(rng, [3, 4, 2]), draw(rng, 5, 3).requires_grad_(), torch.tensor([0, 1, 1, 0, 1])
    zs, _ = forward(x, layers, torch.tanh)
    (auto,) = torch.autograd.grad(functional.cross_entropy(zs[-1], target), x)
    first = deltas(cross_entropy_delta(zs[-1].detach(), target), layers, zs, PHIS["tanh"][1])[0]
    assert_close(first @ layers[0].weight, auto)


def test_the_numbers_worked_by_hand_on_the_page():
    x, y = torch.tensor([[1.0, 2], [2, 1]]), torch.tensor([[2.0], [3]])
    layers = [
        Layer(torch.tensor([[1.0, -1], [1, 1]]), torch.tensor([0.5, -1])),
        Layer(torch.tensor([[2.0, 1]]), torch.tensor([-1.0])),
    ]
    zs, inputs = forward(x, layers, torch.relu)
    assert zs[0].tolist() == [[-0.5, 2], [1.5, 2]]
    assert zs[1].tolist() == [[1], [4]]
    found = deltas(zs[1] - y, layers, zs, PHIS["relu"][1])
    assert found[0].tolist() == [[0, -1], [2, 1]]
    (w1, b1), (w2, b2) = gradients(found, inputs)
    assert w1.tolist() == [[4, 2], [1, -1]]
    assert b1.tolist() == [2, 0]
    assert w2.tolist() == [[1.5, 0]]
    assert b2.tolist() == [0]


def test_a_net_of_one_layer_and_views_and_no_change_of_the_inputs(rng):
    x, weight = draw(rng, 4, 6)[:, ::2], draw(rng, 3, 2).T
    layers = [Layer(weight, draw(rng, 2))]
    before = [t.clone() for t in (x, *layers[0])]
    zs, inputs = forward(x, layers, torch.tanh)
    last = cross_entropy_delta(zs[-1], torch.tensor([0, 1, 1, 0]))
    kept = last.clone()
    found = gradients(deltas(last, layers, zs, PHIS["tanh"][1]), inputs)
    assert_close(found[0].weight, last.T @ x)
    assert_close([x, *layers[0], last], [*before, kept])


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_lower_precision_stays_and_is_torchs(dtype, rng):
    layers = [Layer(*(t.to(dtype) for t in layer)) for layer in net(rng, [3, 4, 2])]
    x, target = draw(rng, 5, 3, dtype=dtype), torch.tensor([0, 1, 1, 0, 1])
    zs, inputs = forward(x, layers, torch.tanh)
    found = deltas(cross_entropy_delta(zs[-1], target), layers, zs, lambda z: 1 - z.tanh().square())
    watched = with_gradients(layers)
    functional.cross_entropy(forward(x, watched, torch.tanh)[0][-1], target).backward()
    for mine, other in zip(gradients(found, inputs), watched, strict=True):
        assert mine.weight.dtype == dtype
        unit = torch.finfo(dtype).eps
        assert_close(mine.weight, other.weight.grad, rtol=8 * unit, atol=8 * unit)
        assert_close(mine.bias, other.bias.grad, rtol=8 * unit, atol=8 * unit)


# Checking by finite differences


@pytest.mark.equation("bp_difference")
@given(st.integers(2, 40), st.integers(-64, 64))
def test_error_of_the_central_difference_stays_below_its_bound(k, sixteenths):
    """On the sine all derivatives are at most 1; x and h are such that x ± h is exact or nearly so."""
    x, h = sixteenths / 16, 2.0**-k
    error = abs((math.sin(x + h) - math.sin(x - h)) / (2 * h) - math.cos(x))
    assert error <= h**2 / 6 + 2.0**-52 / h


@pytest.mark.equation("bp_best_h")
def test_best_h_is_where_the_bound_is_lowest():
    for epsilon, m0, m3 in [(1e-16, 1, 1), (1e-7, 2, 0.5), (1e-16, 10, 3)]:
        bound = lambda h: h**2 / 6 * m3 + epsilon * m0 / h  # noqa: B023, E731
        best = (3 * epsilon * m0 / m3) ** (1 / 3)
        assert all(bound(best) < bound(best * factor) for factor in (0.5, 0.9, 1.1, 2))
    x = torch.linspace(-5, 5, 100_001).double()  # the function on the page, and what it says of it
    third = 24 * x * (1 - x**2) / (1 + x**2) ** 4
    assert 4.6 < third.abs().max() < 4.7
    assert 3.9e-6 < (3 * 1e-16 / 4.7) ** (1 / 3) < 4.1e-6


@given(st.lists(st.integers(0, 3), max_size=3), st.integers(0, 9))
def test_numerical_gradient_has_the_shape_and_the_numbers_of_autograd(shape, seed):
    x = draw(torch.Generator().manual_seed(seed), *shape)
    function = lambda x: (x.sin() * x).sum()  # noqa: E731
    found = numerical_gradient(function, x)
    assert found.shape == x.shape
    assert_close(found, x.cos() * x + x.sin(), rtol=1e-6, atol=1e-8)


def test_numerical_gradient_works_on_views_and_changes_nothing(rng):
    x = draw(rng, 4, 3).T
    before = x.clone()
    assert_close(numerical_gradient(lambda x: (x * x).sum(), x), 2 * before, rtol=1e-6, atol=1e-8)
    assert_close(x, before)


# Cost, depth


@pytest.mark.equation("bp_cost")
@pytest.mark.parametrize("depth", [1, 2, 5])
def test_the_way_back_costs_twice_the_way_ahead_less_one_product(depth, rng):
    sizes = [3, 7, 4, 6, 5, 2][: depth + 1]
    layers, x = with_gradients(net(rng, sizes)), draw(rng, 11, 3)
    with FlopCounterMode(display=False) as ahead:
        zs, _ = forward(x, layers, torch.tanh)
    with FlopCounterMode(display=False) as back:
        zs[-1].sum().backward()
    products = [11 * i * o for i, o in itertools.pairwise(sizes)]
    assert ahead.get_total_flops() == 2 * sum(products)
    assert back.get_total_flops() == 2 * (2 * sum(products) - products[0])


# Mistakes

PLAIN = as_a_reader_imports_it(dlbook.backprop.equations)
LAYER = Layer(torch.zeros(4, 3), torch.zeros(4))


@pytest.mark.parametrize(
    ("x", "layers", "message"),
    [
        (torch.zeros(2, 3), [], "there must be at least one layer"),
        (torch.zeros(3), [LAYER], r"x must have 2 axes \(examples, inputs\), got 1: shape \(3,\)"),
        (torch.zeros(2, 5), [LAYER], r"layer 0 is given 5 numbers per example, its weights have shape \(4, 3\)"),
        (torch.zeros(2, 3), [LAYER, LAYER], r"layer 1 is given 4 numbers per example, its weights have shape \(4, 3\)"),
        (
            torch.zeros(2, 3),
            [Layer(torch.zeros(4, 3), torch.zeros(3))],
            r"layer 0 has 4 units, its biases have shape \(3,\)",
        ),
    ],
)
def test_layers_that_do_not_fit_are_refused(x, layers, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.forward(x, layers, torch.tanh)


def test_a_last_delta_of_another_shape_is_refused():
    zs = [torch.zeros(2, 4), torch.zeros(2, 3)]
    with pytest.raises(ValueError, match=r"the last delta must have the shape of Z, \(2, 3\), got \(2, 4\)"):
        PLAIN.deltas(torch.zeros(2, 4), [LAYER, LAYER], zs, torch.ones_like)


def test_a_step_or_type_that_cannot_be_nudged_is_refused():
    for h in (0, -1e-5):
        with pytest.raises(ValueError, match=f"h must be a finite number above 0, got {h}"):
            PLAIN.numerical_gradient(torch.sum, torch.zeros(2), h)
    with pytest.raises(ValueError, match=r"x must hold floating-point numbers, got torch.int64"):
        PLAIN.numerical_gradient(torch.sum, torch.zeros(2).long())
