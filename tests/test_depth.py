"""Depth: signals and gradients through many layers, dead units, and what is kept for the way back."""

import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.testing import assert_close
from torch.utils.checkpoint import checkpoint_sequential

from dlbook.activations import ACTIVATIONS, leaky_relu, relu, sigmoid
from dlbook.backprop import Layer, deltas, forward
from dlbook.backprop.value import Value
from dlbook.forward import saved, saved_bytes
from dlbook.fully_connected import MLP

SIZES = st.lists(st.integers(1, 7), min_size=2, max_size=5)
KEEP_THEIR_OUTPUT = [nn.ReLU, nn.Sigmoid, nn.Tanh]


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(7)


def draw(rng, *shape):
    return torch.randn(shape, generator=rng, dtype=torch.float64)


def tanh_slope(z):
    return 1 - z.tanh() ** 2


# Vanishing and exploding


def test_the_chain_worked_by_hand():
    h = start = Value(0)
    for weight, bias in ((2, 0), (4, -2), (4, -2)):
        h = (weight * h + bias).sigmoid()
    h.backward()
    assert (h.data, start.grad) == (0.5, 0.5)


@pytest.mark.equation("sigmoid_chain")
def test_a_chain_of_sigmoids_loses_a_quarter_per_unit(rng):
    weights, biases = draw(rng, 8), draw(rng, 8)
    h = start = torch.tensor(0.3, dtype=torch.float64, requires_grad=True)
    product = 1.0
    for w, b in zip(weights, biases, strict=True):
        z = w * h + b
        s = 1 / (1 + math.exp(-z.item()))
        product *= w.item() * s * (1 - s)
        h = sigmoid(z)
    (slope,) = torch.autograd.grad(h, start)
    assert slope.item() == pytest.approx(product)
    assert abs(product) <= weights.prod().abs().item() / 4**8


def test_whole_layers_of_sigmoids_obey_the_same_bound(rng):
    weights = [draw(rng, 5, 5) for _ in range(6)]

    def network(h):
        for w in weights:
            h = sigmoid(w @ h)
        return h

    jacobian = torch.autograd.functional.jacobian(network, draw(rng, 5))
    stretch = math.prod(torch.linalg.matrix_norm(w, 2).item() for w in weights)
    assert torch.linalg.matrix_norm(jacobian, 2).item() <= stretch / 4**6


@pytest.mark.equation("bp_product")
def test_first_delta_is_the_last_one_times_a_product_of_jacobians(rng):
    slope = tanh_slope
    layers = [Layer(draw(rng, o, i), draw(rng, o)) for i, o in itertools.pairwise([3, 4, 5, 2])]
    zs, _ = forward(draw(rng, 1, 3), layers, torch.tanh)
    last = draw(rng, 1, 2)
    found = deltas(last, layers, zs, slope)
    diagonal = [slope(z).flatten().diag() for z in zs]
    assert_close(found[0], last @ layers[2].weight @ diagonal[1] @ layers[1].weight @ diagonal[0])
    bound = last.norm()
    for layer, z in zip(layers[:0:-1], zs[-2::-1], strict=True):
        bound = bound * torch.linalg.matrix_norm(layer.weight, 2) * slope(z).max()
    assert found[0].norm() <= bound


@pytest.mark.equation("bp_variance")
def test_expected_size_of_a_delta_over_fresh_weights(rng):
    """Average over many draws of the weights between two layers; z and the later delta stay."""
    delta, z, variance = draw(rng, 1, 6), draw(rng, 1, 8), 1.7
    slope = tanh_slope(z)
    draws = (variance / 8) ** 0.5 * draw(rng, 40_000, 6, 8)
    sizes = ((delta @ draws) * slope).square().sum((1, 2))
    expected = variance * slope.square().mean() * delta.square().sum()
    assert sizes.mean() == pytest.approx(expected.item(), rel=0.02)


@pytest.mark.equation("square_step")
def test_a_layer_multiplies_the_mean_square_by_n_times_v(rng):
    n, v = 200, 0.03
    h = draw(rng, n).abs() + draw(rng, n)
    w = v**0.5 * draw(rng, 20_000, n)
    z = w @ h
    assert z.square().mean().item() == pytest.approx(n * v * h.square().mean().item(), rel=0.05)
    assert relu(z).square().mean().item() == pytest.approx(z.square().mean().item() / 2, rel=0.05)


@pytest.mark.equation("starting_variance")
def test_torch_draws_the_variances_on_the_page(rng):
    weight = torch.empty(300, 500)  # n_out, n_in
    nn.init.kaiming_normal_(weight, nonlinearity="relu", generator=rng)
    assert weight.var().item() == pytest.approx(2 / 500, rel=0.03)
    nn.init.xavier_normal_(weight, generator=rng)
    assert weight.var().item() == pytest.approx(2 / (500 + 300), rel=0.03)


def test_the_default_of_linear_is_a_third_of_one_over_n():
    assert nn.Linear(400, 900).weight.var().item() == pytest.approx(1 / (3 * 400), rel=0.05)


def deep(rng, widths, variance):
    """A net of ReLUs whose weights have the variance that (n_in, n_out) asks for, without biases."""
    return [
        Layer(variance(i, o) ** 0.5 * draw(rng, o, i), torch.zeros(o, dtype=torch.float64))
        for i, o in itertools.pairwise(widths)
    ]


def mean_squares(rng, widths, variance, runs=400):
    """Of z from the first to the last layer, of one number of δ from the last to the first: means over many nets."""
    sums = torch.zeros(4, dtype=torch.float64)
    for _ in range(runs):
        layers = deep(rng, widths, variance)
        zs, _ = forward(draw(rng, 1, widths[0]), layers, torch.relu)
        found = deltas(draw(rng, 1, widths[-1]), layers, zs, lambda z: (z > 0).double())
        sums += torch.stack([t.square().mean() for t in (zs[0], zs[-1], found[-1], found[0])])
    return (sums[1] / sums[0]).item(), (sums[3] / sums[2]).item()


@pytest.mark.equation("width_telescope")
def test_with_one_over_n_in_only_the_first_and_last_width_matter(rng):
    widths = [30, 80, 40, 120, 50, 160]
    ahead, back = mean_squares(rng, widths, lambda i, o: 2 / i)
    assert ahead == pytest.approx(1, rel=0.15)
    product = math.prod(after / before for before, after in itertools.pairwise(widths[1:]))
    assert product == pytest.approx(widths[-1] / widths[1])
    assert back == pytest.approx(product, rel=0.2)
    ahead, back = mean_squares(rng, widths, lambda i, o: 2 / o)
    assert ahead == pytest.approx(widths[1] / widths[-1], rel=0.2)
    assert back == pytest.approx(1, rel=0.2)


@pytest.mark.equation("xavier_pair")
@pytest.mark.parametrize(("n", "m"), [(40, 160), (60, 60), (120, 40)])
def test_two_layers_of_xavier_shrink_unless_they_are_equally_wide(n, m, rng):
    printed = 4 * n * m / (n + m) ** 2
    assert printed == pytest.approx(2 * n / (n + m) * 2 * m / (m + n))
    assert printed <= 1
    for factor in mean_squares(rng, [n, n, m, n], lambda i, o: 4 / (i + o)):
        assert factor == pytest.approx(printed, rel=0.15)


def test_the_numbers_expected_of_the_sixteen_layers():
    widths = [256, 64] * 8
    steps = list(itertools.pairwise(widths))
    assert 4 * 64 * 256 / (64 + 256) ** 2 == 0.64
    assert round(math.prod(2 * i / (i + o) for i, o in steps), 2) == 0.07
    assert round(math.prod(2 * o / (i + o) for i, o in steps), 2) == 0.02
    assert math.prod(o / i for i, o in steps) == 1 / 4
    assert math.prod(i / o for i, o in steps) == 4


def test_a_symmetric_spread_is_needed_for_the_half():
    z = torch.tensor([-3.0, 1])
    assert z.square().mean() == 5
    assert relu(z).square().mean() == 0.5


@pytest.mark.parametrize("alpha", [0, 0.1, 0.5, 1])
def test_the_variance_for_a_leak(alpha, rng):
    z = draw(rng, 1_000_000)
    assert leaky_relu(z, alpha).square().mean().item() == pytest.approx((1 + alpha**2) / 2, rel=0.01)


# Units that start alike


@pytest.mark.equation("equal_units")
def test_equal_units_have_equal_gradients(rng):
    net = MLP([3, 4, 2], activation=torch.tanh, generator=rng).double()
    hidden, last = net.layers
    hidden.weight.data[1], hidden.bias.data[1] = hidden.weight.data[0], hidden.bias.data[0]
    last.weight.data[:, 1] = last.weight.data[:, 0]
    nn.functional.cross_entropy(net(draw(rng, 9, 3)), torch.arange(9) % 2).backward()
    assert_close(hidden.weight.grad[0], hidden.weight.grad[1])
    assert_close(hidden.bias.grad[0], hidden.bias.grad[1])
    assert_close(last.weight.grad[:, 0], last.weight.grad[:, 1])
    assert not hidden.weight.grad[0].allclose(hidden.weight.grad[2])


# Dead units


@pytest.mark.equation("dead_gradient")
@pytest.mark.parametrize("name", ["ReLU", "Leaky ReLU", "tanh"])
def test_the_gradient_of_a_unit_is_the_sum_on_the_page(name, rng):
    x, behind = draw(rng, 9, 4), draw(rng, 9)
    w = draw(rng, 4).requires_grad_()
    function, derivative = ACTIVATIONS[name]
    (auto,) = torch.autograd.grad((behind * function(x @ w)).sum(), w)
    terms = [behind[k] * derivative(x[k] @ w.detach()) * x[k] for k in range(9)]
    assert_close(auto, sum(terms))


def test_a_unit_that_is_negative_everywhere_gets_no_gradient_from_relu(rng):
    x = draw(rng, 30, 4).abs()
    w = -draw(rng, 4).abs().requires_grad_()
    for function, alive in ((relu, False), (leaky_relu, True)):
        (slope,) = torch.autograd.grad(function(x @ w).sum(), w)
        assert bool((slope != 0).all()) == alive
        assert bool((slope != 0).any()) == alive


# Memory


@pytest.mark.equation("kept_memory")
@given(SIZES, st.integers(1, 9), st.sampled_from(KEEP_THEIR_OUTPUT), st.sampled_from([torch.float32, torch.float64]))
def test_kept_is_the_input_of_every_layer(sizes, batch, activation, dtype):
    net = MLP(sizes, activation=activation).to(dtype)
    bytes_each = torch.finfo(dtype).bits // 8
    x = torch.zeros(batch, sizes[0], dtype=dtype)
    assert saved_bytes(net, x) == bytes_each * batch * sum(sizes[:-1])
    theirs = MLP(sizes, activation=activation, linear=nn.Linear).to(dtype)
    assert saved_bytes(theirs, x) == saved_bytes(net, x)
    assert [tuple(t.shape) for t in saved(net, x)] == [(batch, size) for size in sizes[:-1]]


@pytest.mark.parametrize("activation", [nn.LeakyReLU, nn.GELU, nn.SiLU])
def test_activations_that_keep_their_input_keep_the_layer_twice(activation):
    x = torch.zeros(7, 5)
    assert saved_bytes(MLP([5, 4, 3], activation=activation), x) == 4 * 7 * (5 + 4 + 4)


@pytest.mark.equation("checkpoint_kept")
@pytest.mark.parametrize("segments", [1, 2, 3, 4, 6, 12])
def test_checkpoints_keep_the_ends_and_one_segment(segments):
    layers, batch, n = 12, 10, 8
    model = nn.Sequential(*[part for _ in range(layers) for part in (nn.Linear(n, n), nn.ReLU())])

    class Checkpointed(nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, x):
            return checkpoint_sequential(self.model, segments, x, use_reentrant=False)

    kept = saved_bytes(Checkpointed(), torch.ones(batch, n))
    assert kept == 4 * batch * n * (segments + layers / segments)


def test_four_segments_of_sixteen_layers_keep_least():
    kept = {k: k + 16 / k for k in range(1, 17) if 16 % k == 0}
    assert min(kept, key=kept.get) == 4
