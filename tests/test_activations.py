"""Activations: ours against torch, against the formulas of the page, against finite differences."""

import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch import nn
from torch.nn import functional
from torch.testing import assert_close

import dlbook.activations
from dlbook.activations import (
    ACTIVATIONS,
    gelu,
    gelu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    silu,
    silu_derivative,
    tanh,
    tanh_derivative,
)

TORCHS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": functional.relu,
    "Leaky ReLU": functional.leaky_relu,
    "SiLU": functional.silu,
    "GELU": functional.gelu,
}
NAMES = list(TORCHS)
SPECIAL = [0.0, -0.0, 1e-8, -1e-8, 5, -5, 20, -20, 90, -90, 800, -800, 1000, -1000]
ROUNDING = {torch.float64: 1e-14, torch.float32: 1e-6, torch.float16: 1e-3, torch.bfloat16: 8e-3}


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(7)


def draw(rng, *shape, dtype=torch.float64):
    return torch.randn(shape, generator=rng, dtype=torch.float64).to(dtype)


def some_numbers(rng, dtype=torch.float64):
    return torch.cat([4 * draw(rng, 200), torch.tensor(SPECIAL, dtype=torch.float64)]).to(dtype)


def slopes(function, x):
    x = x.detach().clone().requires_grad_()
    return torch.autograd.grad(function(x).sum(), x)[0]


def central_differences(function, x, h=1e-6):
    return (function(x + h) - function(x - h)) / (2 * h)


# Against torch


@pytest.mark.parametrize("dtype", ROUNDING)
@pytest.mark.parametrize("name", NAMES)
def test_value_gradient_and_derivative_agree_with_torch(name, dtype, rng):
    x, eps = some_numbers(rng, dtype), ROUNDING[dtype]
    ours, theirs = ACTIVATIONS[name], TORCHS[name]
    y = ours.function(x)
    assert y.dtype == ours.derivative(x).dtype == dtype
    assert_close(y, theirs(x), rtol=eps, atol=eps)
    assert_close(slopes(ours.function, x), slopes(theirs, x), rtol=2 * eps, atol=2 * eps)
    assert_close(ours.derivative(x), slopes(theirs, x), rtol=2 * eps, atol=2 * eps)
    assert slopes(ours.function, x).isfinite().all()


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
@pytest.mark.parametrize("name", NAMES)
def test_half_precision_is_rounded_once(name, dtype, rng):
    x = (4 * draw(rng, 3000)).to(dtype)
    for function in ACTIVATIONS[name]:
        exact = function(x.double()).to(dtype)
        assert (function(x) != exact).double().mean() < 0.005


@given(st.lists(st.integers(0, 4), max_size=4), st.sampled_from(NAMES), st.floats(0.01, 300), st.integers(0, 99))
def test_any_shape_and_scale_agrees_with_torch(shape, name, scale, seed):
    x = scale * draw(torch.Generator().manual_seed(seed), *shape)
    ours, theirs = ACTIVATIONS[name], TORCHS[name]
    assert_close(ours.function(x), theirs(x))
    assert_close(slopes(ours.function, x), slopes(theirs, x))
    assert_close(ours.derivative(x), slopes(theirs, x))


@pytest.mark.parametrize("slope", [0, 0.2, -0.5, 1, 3])
def test_any_leak_agrees_with_torch(slope, rng):
    x = some_numbers(rng)
    theirs = lambda x: functional.leaky_relu(x, slope)  # noqa: E731
    assert_close(leaky_relu(x, slope), theirs(x))
    assert_close(leaky_relu_derivative(x, slope), slopes(theirs, x))


@pytest.mark.parametrize("name", NAMES)
def test_numbers_that_are_not_numbers_stay_so(name):
    assert ACTIVATIONS[name].function(torch.tensor([math.nan])).isnan().all()


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "ReLU", "Leaky ReLU"])
def test_infinity_has_its_limit_as_in_torch(name):
    x = torch.tensor([-math.inf, math.inf])
    assert_close(ACTIVATIONS[name].function(x), TORCHS[name](x))
    assert_close(slopes(ACTIVATIONS[name].function, x), slopes(TORCHS[name], x))


@pytest.mark.parametrize("name", NAMES)
def test_views_work_and_inputs_stay_as_they_are(name, rng):
    x = draw(rng, 4, 3, 5).permute(2, 0, 1)[::2]
    before = x.clone()
    for ours, expected in zip(ACTIVATIONS[name], (TORCHS[name](before), slopes(TORCHS[name], before)), strict=True):
        assert_close(ours(x), expected)
    assert_close(x, before)


@pytest.mark.parametrize("name", NAMES)
def test_slopes_and_slopes_of_slopes_pass_gradcheck(name, rng):
    x = draw(rng, 12).requires_grad_()
    assert torch.autograd.gradcheck(ACTIVATIONS[name].function, x)
    assert torch.autograd.gradgradcheck(ACTIVATIONS[name].function, x)


@pytest.mark.parametrize("x", [-30.0, -15.0])
def test_the_far_left_keeps_its_digits(x):
    """In single precision; the plain forms lose them all."""
    exact = 1 / (1 + math.exp(-x))
    assert sigmoid(torch.tensor(x)).item() == pytest.approx(exact, rel=1e-6)
    assert sigmoid_derivative(torch.tensor(-x)).item() == pytest.approx(exact * (1 - exact), rel=1e-5)
    assert tanh_derivative(torch.tensor(-x)).item() == pytest.approx(1 / math.cosh(x) ** 2, rel=1e-5)


def test_tanh_keeps_its_digits_near_0():
    x = torch.tensor([1e-8, -3e-7, 1e-5])
    assert_close(tanh(x), torch.tensor([math.tanh(v) for v in x.tolist()]), rtol=1e-6, atol=0)


# The formulas of the page


@pytest.mark.equation("linear_collapse")
@pytest.mark.parametrize("depth", [1, 2, 5])
def test_layers_without_activation_are_one_layer(depth, rng):
    sizes = [3, 5, 2, 7, 4, 3][: depth + 1]
    layers = [nn.Linear(a, b).double() for a, b in itertools.pairwise(sizes)]
    weight = torch.linalg.multi_dot([la.weight for la in layers[::-1]]) if depth > 1 else layers[0].weight
    bias = torch.zeros(sizes[-1], dtype=torch.float64)
    for i, layer in enumerate(layers):
        ahead = torch.eye(sizes[i + 1], dtype=torch.float64)
        for later in layers[i + 1 :]:
            ahead = later.weight @ ahead
        bias = bias + ahead @ layer.bias
    x = draw(rng, 6, 3)
    assert_close(nn.Sequential(*layers)(x), x @ weight.T + bias)


@pytest.mark.equation("xor_relu")
def test_two_units_compute_exclusive_or():
    for a, b in itertools.product([0, 1], repeat=2):
        a_, b_ = torch.tensor([float(a), float(b)])
        assert relu(a_ + b_) - 2 * relu(a_ + b_ - 1) == a ^ b


@given(st.integers(-50, 50), st.integers(-50, 50))
def test_relu_is_additive_only_on_one_side_of_the_corner(a, b):
    one, other = (torch.tensor(float(x)) for x in (a, b))
    together, apart = relu(one + other), relu(one) + relu(other)
    assert together <= apart
    assert (together == apart) == (a * b >= 0)


@pytest.mark.equation("sigmoid")
@given(st.floats(-700, 700))
def test_sigmoid_is_the_fraction_on_the_page(x):
    at = lambda x: sigmoid(torch.tensor(x, dtype=torch.float64)).item()  # noqa: E731
    assert at(x) == pytest.approx(1 / (1 + math.exp(-x)), rel=1e-14)
    assert at(-x) == pytest.approx(1 - at(x), abs=1e-15)


@pytest.mark.equation("sigmoid_derivative")
def test_sigmoid_slope_is_at_most_a_quarter(rng):
    x = torch.linspace(-8, 8, 161, dtype=torch.float64)
    nudged, s = central_differences(torch.sigmoid, x), torch.sigmoid(x)
    for printed in (s * (1 - s), 1 / 4 - (s - 1 / 2) ** 2, sigmoid_derivative(x)):
        assert_close(printed, nudged, rtol=1e-8, atol=1e-9)
    assert sigmoid_derivative(x).max() == 0.25
    assert (sigmoid_derivative(x) == 0.25).sum() == 1


@pytest.mark.equation("tanh")
def test_tanh_has_three_forms():
    x = torch.linspace(-8, 8, 161, dtype=torch.float64)
    up, down, down2 = x.exp(), (-x).exp(), (-2 * x).exp()
    for printed in ((up - down) / (up + down), (1 - down2) / (1 + down2), 2 * sigmoid(2 * x) - 1):
        assert_close(printed, tanh(x))


@pytest.mark.equation("tanh_derivative")
def test_tanh_slope_is_one_minus_its_square():
    x = torch.linspace(-8, 8, 161, dtype=torch.float64)
    assert_close(1 - torch.tanh(x) ** 2, central_differences(tanh, x), rtol=1e-8, atol=1e-9)
    assert_close(tanh_derivative(x), 1 - torch.tanh(x) ** 2)
    assert tanh_derivative(x).max() == 1


@pytest.mark.equation("leaky_relu")
@given(st.floats(-50, 50), st.floats(0, 1))
def test_leaky_relu_is_the_larger_of_two_lines(x, alpha):
    value = torch.tensor(x, dtype=torch.float64)
    assert leaky_relu(value, alpha) == pytest.approx(max(x, alpha * x))
    assert leaky_relu(value, 0) == relu(value) == max(x, 0)
    if abs(x) > 1e-3:
        nudged = central_differences(lambda x: leaky_relu(x, alpha), value)
        assert leaky_relu_derivative(value, alpha).item() == pytest.approx(1 if x > 0 else alpha)
        assert nudged.item() == pytest.approx(1 if x > 0 else alpha, abs=1e-6)


def test_the_corner_takes_the_left_slope():
    zero = torch.zeros(1)
    assert relu_derivative(zero) == slopes(relu, zero) == slopes(torch.relu, zero) == 0
    left = leaky_relu_derivative(zero, 0.25)
    assert left == slopes(lambda x: leaky_relu(x, 0.25), zero) == 0.25


@pytest.mark.equation("silu")
def test_silu_and_its_slope_are_those_on_the_page():
    x = torch.linspace(-8, 8, 161, dtype=torch.float64)
    s = 1 / (1 + torch.exp(-x))
    assert_close(silu(x), x * s)
    assert_close(s * (1 + x * (1 - s)), central_differences(silu, x), rtol=1e-8, atol=1e-8)
    assert_close(silu_derivative(x), s * (1 + x * (1 - s)))


@pytest.mark.equation("gelu")
def test_gelu_weighs_x_by_the_share_of_a_normal_distribution_below_it(rng):
    drawn = draw(rng, 1_000_000)
    for x in (-1.5, -0.3, 0.4, 2.0):
        share = (drawn < x).double().mean().item()
        assert gelu(torch.tensor(x, dtype=torch.float64)).item() == pytest.approx(x * share, abs=3e-3)
    x = torch.linspace(-8, 8, 161, dtype=torch.float64)
    normal = torch.distributions.Normal(0.0, 1.0)
    printed = normal.cdf(x) + x * normal.log_prob(x).exp()
    assert_close(gelu(x), x * normal.cdf(x))
    assert_close(printed, central_differences(gelu, x), rtol=1e-8, atol=1e-8)
    assert_close(gelu_derivative(x), printed)


def test_ranges_are_those_of_the_table():
    x = torch.linspace(-60, 60, 100_001, dtype=torch.float64)
    lowest = {name: activation.function(x).min().item() for name, activation in ACTIVATIONS.items()}
    steepest = {name: activation.derivative(x).max().item() for name, activation in ACTIVATIONS.items()}
    assert lowest["SiLU"] == pytest.approx(-0.28, abs=0.005)
    assert lowest["GELU"] == pytest.approx(-0.17, abs=0.005)
    assert lowest["ReLU"] == 0
    assert 0 < lowest["sigmoid"] < 1e-20
    assert steepest["SiLU"] == pytest.approx(1.1, abs=0.05)
    assert steepest["GELU"] == pytest.approx(1.1, abs=0.05)
    assert steepest["Leaky ReLU"] == steepest["ReLU"] == 1


@pytest.mark.equation("sigmoid_stable")
def test_no_form_meets_a_power_above_one():
    x = torch.tensor(SPECIAL, dtype=torch.float64)
    with_powers = [
        1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))  # math.exp raises where it overflows
        for v in x.tolist()
    ]
    assert_close(sigmoid(x), torch.tensor(with_powers, dtype=torch.float64), rtol=1e-15, atol=0)


def test_the_plain_forms_fail_where_the_page_says():
    x = torch.tensor([-1000.0, 0, 1000])
    first, second = (lambda x: 1 / (1 + torch.exp(-x))), (lambda x: torch.exp(x) / (1 + torch.exp(x)))
    both = lambda x: torch.where(x >= 0, first(x), second(x))  # noqa: E731
    assert first(x).isnan().tolist() == [False, False, False]
    assert slopes(first, x).isnan().tolist() == [True, False, False]
    assert second(x).isnan().tolist() == [False, False, True]
    assert both(x).isnan().tolist() == [False, False, False]
    assert slopes(both, x).isnan().tolist() == [True, False, True]


# Numbers worked on the page


def test_numbers_worked_by_hand():
    x = torch.tensor(math.log(3), dtype=torch.float64)
    assert sigmoid(x).item() == pytest.approx(3 / 4)
    assert sigmoid_derivative(x).item() == pytest.approx(3 / 16)
    assert tanh(x).item() == pytest.approx(0.8)
    assert tanh_derivative(x).item() == pytest.approx(0.36)
    assert silu(x).item() == pytest.approx(0.75 * math.log(3))
    assert silu(-x).item() == pytest.approx(-math.log(3) / 4)
    assert silu_derivative(-x).item() == pytest.approx(1 / 4 * (1 - math.log(3) * 3 / 4))


# Mistakes

PLAIN = as_a_reader_imports_it(dlbook.activations)
FUNCTIONS = [f for activation in PLAIN.ACTIVATIONS.values() for f in activation]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
@pytest.mark.parametrize(
    ("x", "met"),
    [
        (torch.tensor([1, 2]), "torch.int64"),
        (torch.tensor([True]), "torch.bool"),
        (torch.tensor([1j]), "torch.complex64"),
        ([1.0], "list"),
        (1.0, "float"),
        (None, "NoneType"),
    ],
)
def test_what_holds_no_floating_point_numbers_is_refused(function, x, met):
    with pytest.raises(ValueError, match=f"x must hold floating-point numbers, got {met}"):
        function(x)


@pytest.mark.parametrize("slope", [math.nan, math.inf, "0.1", None, True])
def test_a_leak_without_sense_is_refused(slope):
    for function in (PLAIN.leaky_relu, PLAIN.leaky_relu_derivative):
        with pytest.raises(ValueError, match=f"slope must be a finite number, got {slope!r}"):
            function(torch.zeros(2), slope)
