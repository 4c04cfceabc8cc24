"""Gradient descent: ours against torch.optim step by step, the laws of a bowl, the numbers of the page."""

import itertools
import math
from functools import partial

import pytest
import torch
from bowls import bowl, draw, height, number
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.nn.functional import cross_entropy
from torch.nn.functional import mse_loss as functional_mse
from torch.testing import assert_close

import dlbook.gradient_descent
import dlbook.gradient_descent.bowl
from dlbook.data import petals
from dlbook.gradient_descent import SGD, Adam, Optimizer, descend
from dlbook.gradient_descent.bowl import best_step, line_loss
from dlbook.gradient_descent.bowl import bowl as bowl_loss


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(20)


# The line, by hand and solved


@pytest.mark.equation("gd_update")
@pytest.mark.equation("gd_line")
def test_update_and_gradient_of_the_line_are_those_of_autograd():
    x, y = petals()
    w, b, lr = 0.7, -0.4, 0.03
    p = number([w, b]).requires_grad_()
    (p[0] * x + p[1] - y).square().mean().backward()
    n = len(x)
    grad_w = sum(2 / n * (w * xi + b - yi) * xi for xi, yi in zip(x.tolist(), y.tolist(), strict=True))
    grad_b = sum(2 / n * (w * xi + b - yi) for xi, yi in zip(x.tolist(), y.tolist(), strict=True))
    assert p.grad.tolist() == pytest.approx([grad_w, grad_b])
    SGD([p], lr).step()
    assert p.tolist() == pytest.approx([w - lr * grad_w, b - lr * grad_b])


def test_the_numbers_worked_by_hand_on_the_page():
    x, y = number([1, 3]), number([2, 4])
    loss = lambda p: (p[0] * x + p[1] - y).square().mean()  # noqa: E731
    path = descend(loss, number([0, 0]), partial(SGD, lr=0.05), steps=2)
    assert_close(path, number([[0, 0], [0.7, 0.3], [0.99, 0.43]]))


@pytest.mark.equation("gd_line_bottom")
def test_the_bottom_of_the_line_is_where_the_page_says():
    x, y = petals()
    w = ((x - x.mean()) * (y - y.mean())).mean() / (x - x.mean()).square().mean()
    columns = torch.stack([x, torch.ones_like(x)], 1)
    exact = torch.linalg.lstsq(columns, y[:, None]).solution.flatten()
    assert_close(torch.stack([w, y.mean() - w * x.mean()]), exact)
    loss = lambda p: (p[0] * x + p[1] - y).square().mean()  # noqa: E731
    end = descend(loss, number([0, 0]), partial(SGD, lr=0.05), steps=3000)[-1]
    assert_close(end, exact)


@pytest.mark.equation("gd_line_hessian")
def test_curvature_of_the_line():
    x, y = petals()
    loss = lambda p: (p[0] * x + p[1] - y).square().mean()  # noqa: E731
    found = torch.autograd.functional.hessian(loss, number([0.3, 0.1]))
    assert_close(found, 2 * number([[x.square().mean(), x.mean()], [x.mean(), 1]]))


def test_the_loss_of_a_line_takes_one_point_or_a_whole_map():
    x, y = petals()
    loss = line_loss(x, y)
    expected = functional_mse(0.3 * x - 0.2, y)
    assert_close(loss(number([0.3, -0.2])), expected)
    grid = torch.cartesian_prod(number([0.3, 0.5]), number([-0.2, 0, 1])).reshape(2, 3, 2)
    assert loss(grid).shape == (2, 3)
    assert_close(loss(grid)[0, 0], expected)
    assert_close(loss(grid)[1, 2], functional_mse(0.5 * x + 1, y))


def test_the_loss_of_a_bowl_is_its_quadratic_form(rng):
    hessian, points = bowl(rng, 3, 0.5, 4), draw(rng, 4, 3)
    assert_close(bowl_loss(hessian)(points), torch.stack([0.5 * p @ hessian @ p for p in points]))
    assert_close(torch.autograd.functional.hessian(bowl_loss(hessian), points[0]), hessian)


# Directions


@pytest.mark.equation("gd_steepest")
@given(st.integers(1, 6), st.integers(0, 50))
def test_no_direction_falls_more_steeply_than_the_negative_gradient(size, seed):
    rng = torch.Generator().manual_seed(seed)
    g = draw(rng, size)
    directions = draw(rng, 200, size)
    slopes = directions / directions.norm(dim=1, keepdim=True) @ g
    assert (slopes >= -g.norm() - 1e-12).all()
    assert_close((-g / g.norm()) @ g, -g.norm())


def test_a_small_enough_step_against_the_gradient_lowers_any_smooth_loss(rng):
    x = draw(rng, 5, 4)
    loss = lambda w: (x @ w).sin().exp().sum()  # noqa: E731
    w = draw(rng, 4)
    path = descend(loss, w, partial(SGD, lr=1e-4), steps=1)
    assert loss(path[1]) < loss(path[0])
    up = w + (w - path[1])
    assert loss(up) > loss(w)


# Bowls


@pytest.mark.equation("gd_one_weight")
@given(st.floats(0.1, 5), st.floats(-3, 3), st.floats(-3, 3), st.floats(0.01, 0.6), st.integers(0, 12))
def test_one_weight_shrinks_by_one_factor(curvature, bottom, start, lr, t):
    loss = lambda w: curvature / 2 * (w - bottom) ** 2  # noqa: E731
    end = descend(loss, number(start), partial(SGD, lr=lr), steps=t)[-1]
    assert_close(end - bottom, number((1 - lr * curvature) ** t * (start - bottom)), rtol=1e-8, atol=1e-9)


@pytest.mark.equation("gd_bound")
@settings(max_examples=30)
@given(st.integers(2, 5), st.floats(0.1, 1), st.floats(1, 20), st.integers(0, 20))
def test_descent_converges_below_two_over_the_largest_curvature_and_not_above(size, low, high, seed):
    rng = torch.Generator().manual_seed(seed)
    hessian = bowl(rng, size, low, high)
    start = torch.linalg.eigh(hessian).eigenvectors.sum(1)  # something in every direction
    for share, converges in [(0.5, True), (0.98, True), (1.02, False), (1.5, False)]:
        path = descend(height(hessian), start, partial(SGD, lr=share * 2 / high), steps=100)
        assert (height(hessian)(path[-1]) < height(hessian)(path[0])) == converges


@pytest.mark.equation("gd_best")
@given(st.integers(2, 5), st.floats(0.1, 1), st.floats(1.1, 20), st.integers(0, 20))
def test_best_step_has_the_smallest_factor(size, low, high, seed):
    values = torch.linalg.eigvalsh(bowl(torch.Generator().manual_seed(seed), size, low, high))
    factor = lambda lr: (1 - lr * values).abs().max().item()  # noqa: E731
    lr, rate = best_step(low, high)
    kappa = high / low
    assert rate == pytest.approx((kappa - 1) / (kappa + 1))
    assert factor(lr) == pytest.approx(rate)
    tries = torch.linspace(0.001, 2 / high, 200).tolist()
    assert min(map(factor, tries)) >= rate - 1e-12


@pytest.mark.equation("gd_rate")
@settings(max_examples=30)
@given(st.integers(2, 5), st.floats(0.1, 1), st.floats(1.1, 20), st.floats(0.05, 1.05), st.integers(0, 20))
def test_the_loss_stays_below_its_line(size, low, high, share, seed):
    rng = torch.Generator().manual_seed(seed)
    hessian, lr = bowl(rng, size, low, high), share * 2 / high
    factor = (1 - lr * torch.linalg.eigvalsh(hessian)).abs().max()
    path = descend(height(hessian), draw(rng, size), partial(SGD, lr=lr), steps=20)
    gaps = torch.stack([height(hessian)(p) for p in path])
    assert (gaps <= gaps[0] * factor ** (2 * torch.arange(21)) * (1 + 1e-9)).all()


@pytest.mark.equation("gd_steps")
@pytest.mark.parametrize("kappa", [20, 100, 1000])
@pytest.mark.parametrize("left", [0.1, 0.01, 1e-4])
def test_steps_grow_with_the_condition_number(kappa, left):
    _, factor = best_step(1, kappa)
    exact = math.log(left) / math.log(factor)
    assert exact == pytest.approx(kappa / 2 * math.log(1 / left), rel=0.01)


# Batches


def gradients_per_flower():
    x, y = petals()
    error = 1.1 * (x - x.mean()) + 0.3 - y
    return 2 * torch.stack([error * (x - x.mean()), error], 1)


@pytest.mark.equation("gd_unbiased")
@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_mean_over_all_batches_is_the_full_gradient(size):
    each = gradients_per_flower()[:7]
    with_return = torch.stack([each[list(pick)].mean(0) for pick in itertools.product(range(7), repeat=size)])
    without = torch.stack([each[list(pick)].mean(0) for pick in itertools.combinations(range(7), size)])
    assert_close(with_return.mean(0), each.mean(0))
    assert_close(without.mean(0), each.mean(0))


@pytest.mark.equation("gd_variance")
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_the_variance_falls_like_one_over_the_batch(size):
    each = gradients_per_flower()[:7]
    spread = (each - each.mean(0)).square().sum(1).mean()
    batches = torch.stack([each[list(pick)].mean(0) for pick in itertools.product(range(7), repeat=size)])
    assert_close((batches - each.mean(0)).square().sum(1).mean(), spread / size)
    # the exercise: without putting back
    batches = torch.stack([each[list(pick)].mean(0) for pick in itertools.combinations(range(7), size)])
    expected = spread / size * (7 - size) / (7 - 1)
    assert_close((batches - each.mean(0)).square().sum(1).mean(), expected)


def test_descend_calls_the_function_once_per_step_so_that_batches_can_change():
    calls = []

    def loss(p):
        calls.append(1)
        return (p - len(calls)) ** 2

    path = descend(loss, number(0.0), partial(SGD, lr=0.5), steps=4)
    assert path.tolist() == [0, 1, 2, 3, 4]
    assert len(calls) == 4


# Training


def test_all_three_learn_digits(rng):
    x, y = draw(rng, 200, 6), torch.randint(3, (200,), generator=rng)
    x[:, :3] += 3 * torch.nn.functional.one_hot(y, 3)
    for maker in (partial(SGD, lr=0.3), partial(SGD, lr=0.03, momentum=0.9), partial(Adam, lr=0.05)):
        path = descend(lambda w: cross_entropy(x @ w, y), torch.zeros(6, 3).double(), maker, steps=100)
        assert ((x @ path[-1]).argmax(1) == y).double().mean() > 0.9


def test_descend_leaves_its_start_alone_and_takes_no_step_if_asked_for_none(rng):
    start = draw(rng, 2, 3)
    before = start.clone()
    assert_close(descend(torch.sum, start, partial(SGD, lr=1), steps=0), before[None])
    descend(torch.sum, start, partial(SGD, lr=1), steps=3)
    assert_close(start, before)
    assert not start.requires_grad
    assert not descend(torch.sum, start, partial(SGD, lr=1), steps=1).requires_grad


# Mistakes

PLAIN = as_a_reader_imports_it(dlbook.gradient_descent.optimizers)
BOWL = as_a_reader_imports_it(dlbook.gradient_descent.bowl)


@pytest.mark.parametrize("lr", [0, -0.1, math.nan, math.inf, True, "0.1", None])
def test_rates_without_sense_are_refused(lr):
    for maker in (PLAIN.SGD, PLAIN.Adam):
        with pytest.raises(ValueError, match=rf"lr must be a finite number above 0, got {lr!r}"):
            maker([torch.zeros(2)], lr)


@pytest.mark.parametrize("momentum", [-0.1, 1.1, math.nan, True, "0.9", None])
def test_momentum_without_sense_is_refused(momentum):
    message = rf"momentum must be a finite number of at least 0 and at most 1, got {momentum!r}"
    with pytest.raises(ValueError, match=message):
        PLAIN.SGD([torch.zeros(2)], 0.1, momentum=momentum)


@pytest.mark.parametrize(
    "betas", [(1.0, 0.9), (0.9, 1.0), (-0.1, 0.9), (0.9, math.nan), (0.9,), 0.9, (0.9, 0.9, 0.9), (True, 0.9), None]
)
def test_betas_without_sense_are_refused(betas):
    message = "betas must be two numbers, got|a beta must be a finite number of at least 0 and below 1, got"
    with pytest.raises(ValueError, match=message):
        PLAIN.Adam([torch.zeros(2)], betas=betas)


def test_an_eps_below_0_is_refused():
    with pytest.raises(ValueError, match="eps must be a finite number of at least 0, got -1e-08"):
        PLAIN.Adam([torch.zeros(2)], eps=-1e-8)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ([], "there is no parameter to change: the list is empty"),
        (torch.zeros(3), "params must be a list of tensors, got one tensor"),
        ([torch.zeros(3).long()], "a parameter must hold floating-point numbers, got torch.int64"),
        ([torch.zeros(3).cfloat()], "a parameter must hold floating-point numbers, got torch.complex64"),
        ([1.0], "a parameter must hold floating-point numbers, got float"),
        (
            [torch.zeros(2, requires_grad=True) * 2],
            r"must be a leaf of the graph, one of shape \(2,\) is the result of Mul",
        ),
        ([torch.ones(1)] * 2, "a parameter stands in the list twice"),
    ],
)
def test_parameters_that_cannot_be_changed_are_refused(params, message):
    for maker in (PLAIN.SGD, PLAIN.Adam):
        with pytest.raises(ValueError, match=message):
            maker(params, 0.1)


def test_a_generator_that_was_used_up_is_refused():
    layer = torch.nn.Linear(2, 2)
    params = layer.parameters()
    assert sum(p.numel() for p in params) == 6
    with pytest.raises(ValueError, match="a generator can be used once only"):
        PLAIN.SGD(params, 0.1)


@pytest.mark.parametrize(
    ("function", "start", "steps", "message"),
    [
        (lambda p: p * 2, torch.zeros(2), 1, r"function must return one number, got \(2,\)"),
        (lambda p: 3.0, torch.zeros(2), 1, "function must return one number, got 3.0"),
        (lambda p: torch.zeros(()), torch.zeros(2), 1, "function must compute its number from its argument"),
        (torch.sum, torch.zeros(2).long(), 1, "start must hold floating-point numbers, got torch.int64"),
        (torch.sum, [0.0], 1, "start must hold floating-point numbers, got list"),
        (torch.sum, torch.zeros(2), -1, "steps must be an integer of at least 0, got -1"),
        (torch.sum, torch.zeros(2), 1.5, "steps must be an integer of at least 0, got 1.5"),
    ],
)
def test_what_descend_cannot_walk_on_is_refused(function, start, steps, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.descend(function, start, partial(PLAIN.SGD, lr=0.1), steps=steps)


def test_an_optimizer_without_a_direction_says_so():
    p = torch.ones(2, requires_grad=True)
    p.sum().backward()
    with pytest.raises(NotImplementedError):
        Optimizer([p], 0.1).step()


@pytest.mark.parametrize(
    ("low", "high", "message"),
    [
        (0, 1, "low must be a finite number above 0, got 0"),
        (-1, 1, "low must be a finite number above 0, got -1"),
        (math.nan, 1, "low must be a finite number above 0, got nan"),
        (2, 1, "high must be a finite number of at least 2, got 1"),
        (1, math.inf, "high must be a finite number of at least 1, got inf"),
        (1, True, "high must be a finite number of at least 1, got True"),
        (1, "1", "high must be a finite number of at least 1, got '1'"),
        (None, 1, "low must be a finite number above 0, got None"),
    ],
)
def test_curvatures_without_sense_are_refused(low, high, message):
    for function in (BOWL.best_step, BOWL.best_momentum):
        with pytest.raises(ValueError, match=message):
            function(low, high)


@pytest.mark.parametrize(
    ("x", "y", "shapes"),
    [
        (torch.zeros(3), torch.zeros(4), r"\(3,\) and \(4,\)"),
        (torch.zeros(3, 1), torch.zeros(3, 1), r"\(3, 1\) and \(3, 1\)"),
        (torch.zeros(0), torch.zeros(0), r"\(0,\) and \(0,\)"),
    ],
)
def test_a_line_needs_two_rows_of_equally_many_numbers(x, y, shapes):
    with pytest.raises(ValueError, match=f"x and y must be two rows of equally many numbers, got shapes {shapes}"):
        BOWL.line_loss(x, y)
