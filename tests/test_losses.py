"""Losses: ours against torch, against the formulas of the page, against finite differences."""

import itertools
import math
from pathlib import Path

import numpy
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.nn import functional
from torch.testing import assert_close

import dlbook.losses
from dlbook.losses import binary_cross_entropy, cross_entropy, log_softmax, log_sum_exp, mse, softmax

REDUCTIONS = ["mean", "sum", "none"]
HALF = {torch.float16: 2e-3, torch.bfloat16: 1.6e-2}


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(11)


def draw(rng, *shape, dtype=torch.float64):
    return torch.randn(shape, generator=rng, dtype=torch.float64).to(dtype)


def classes(rng, c, *shape):
    return torch.randint(0, c, shape, generator=rng)


def shares(rng, *shape):
    drawn = torch.rand(shape, generator=rng, dtype=torch.float64)
    return drawn / drawn.sum(1, keepdim=True)


def slopes(function, x):
    x = x.detach().clone().requires_grad_()
    return torch.autograd.grad(function(x).sum(), x)[0]


def central_differences(function, x, h=1e-6):
    """The slope of a single number by each number of x."""
    steps = h * torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
    return torch.stack([(function(x + e) - function(x - e)) / (2 * h) for e in steps]).reshape(x.shape)


def agree(ours, theirs, x):
    """Equal in value and in gradient."""
    assert_close(ours(x), theirs(x))
    assert_close(slopes(ours, x), slopes(theirs, x))


# Against torch


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", [(), (5,), (4, 3), (2, 3, 4)])
def test_mse_and_binary_agree_with_torch(shape, reduction, rng):
    z, y, how = 20 * draw(rng, *shape), draw(rng, *shape), {"reduction": reduction}
    agree(lambda x: mse(x, y, **how), lambda x: functional.mse_loss(x, y, **how), z)
    agree(lambda x: mse(y, x, **how), lambda x: functional.mse_loss(y, x, **how), z)
    yes = torch.rand(shape, generator=rng, dtype=torch.float64)
    for target in (yes, yes.round()):
        theirs = lambda x: functional.binary_cross_entropy_with_logits(x, target, **how)  # noqa: E731, B023
        agree(lambda x: binary_cross_entropy(x, target, **how), theirs, z)  # noqa: B023


@pytest.mark.parametrize("dim", [0, 1, -1, -2])
def test_softmax_and_its_kin_agree_with_torch(dim, rng):
    z = 30 * draw(rng, 3, 5, 4)
    agree(lambda z: softmax(z, dim).square(), lambda z: z.softmax(dim).square(), z)
    agree(lambda z: log_softmax(z, dim), lambda z: z.log_softmax(dim), z)
    agree(lambda z: log_sum_exp(z, dim), lambda z: z.logsumexp(dim), z)


OPTIONS = list(itertools.product([(), (2,), (2, 3)], [0.0, 0.1, 1.0], [False, True], REDUCTIONS))


@pytest.mark.parametrize(("places", "smoothing", "weighted", "reduction"), OPTIONS)
def test_cross_entropy_agrees_with_torch(places, smoothing, weighted, reduction, rng):
    z = 10 * draw(rng, 6, 5, *places)
    target, probable = classes(rng, 5, 6, *places), shares(rng, 6, 5, *places)
    target[1], target[4] = -100, 3
    how = {"label_smoothing": smoothing, "reduction": reduction}
    how["weight"] = draw(rng, 5).abs() if weighted else None
    for t in (target, probable):
        agree(lambda z: cross_entropy(z, t, **how), lambda z: functional.cross_entropy(z, t, **how), z)  # noqa: B023


@given(st.lists(st.integers(1, 4), min_size=2, max_size=4), st.floats(0, 1), st.floats(0.1, 300), st.integers(0, 99))
def test_any_shape_and_scale_agrees_with_torch(shape, smoothing, scale, seed):
    rng = torch.Generator().manual_seed(seed)
    z, y = scale * draw(rng, *shape), draw(rng, *shape)
    target = classes(rng, shape[1], shape[0], *shape[2:])
    how = {"label_smoothing": smoothing}
    agree(lambda z: cross_entropy(z, target, **how), lambda z: functional.cross_entropy(z, target, **how), z)
    agree(lambda z: mse(z, y), lambda z: functional.mse_loss(z, y), z)
    yes = y.sigmoid()
    theirs = lambda z: functional.binary_cross_entropy_with_logits(z, yes)  # noqa: E731
    agree(lambda z: binary_cross_entropy(z, yes), theirs, z)


def test_another_number_can_be_ignored(rng):
    z, target = draw(rng, 5, 3), torch.tensor([0, 1, 2, 1, 0])
    for ignored in (1, -1, 7):
        how = {"ignore_index": ignored}
        agree(lambda z: cross_entropy(z, target, **how), lambda z: functional.cross_entropy(z, target, **how), z)  # noqa: B023


def test_nothing_kept_gives_not_a_number_as_in_torch(rng):
    assert cross_entropy(draw(rng, 2, 3), torch.tensor([-100, -100])).isnan()
    assert cross_entropy(torch.zeros(0, 3), torch.zeros(0, dtype=torch.int64)).isnan()
    assert mse(torch.zeros(0), torch.zeros(0)).isnan()
    assert cross_entropy(draw(rng, 2, 3), torch.tensor([-100, -100]), reduction="sum") == 0


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, *HALF])
def test_logits_of_a_thousand_have_finite_values_and_gradients(dtype):
    z = torch.tensor([[1000.0, -1000, 0], [-1000, -1000, -1000], [0, 0, 0]], dtype=dtype)
    target, yes = torch.tensor([1, 0, 2]), torch.tensor([[0.0, 1, 1], [0, 1, 1], [1, 0, 0]], dtype=dtype)
    for ours, theirs in [
        (
            lambda z: cross_entropy(z, target, reduction="none"),
            lambda z: functional.cross_entropy(z, target, reduction="none"),
        ),
        (lambda z: binary_cross_entropy(z, yes), lambda z: functional.binary_cross_entropy_with_logits(z, yes)),
        (softmax, lambda z: z.softmax(-1)),
        (log_softmax, lambda z: z.log_softmax(-1)),
    ]:
        near = {"rtol": HALF[dtype], "atol": HALF[dtype]} if dtype in HALF else {}
        assert_close(ours(z), theirs(z), **near)
        assert_close(slopes(ours, z), slopes(theirs, z), **near)
        assert ours(z).isfinite().all()
        assert slopes(ours, z).isfinite().all()


def test_a_class_that_is_shut_out_stays_out():
    z = torch.tensor([[0.0, -math.inf, 1.0]])
    agree(lambda z: cross_entropy(z, torch.tensor([2])), lambda z: functional.cross_entropy(z, torch.tensor([2])), z)
    assert cross_entropy(z, torch.tensor([1])) == math.inf
    assert_close(softmax(z), z.softmax(-1))
    assert log_sum_exp(torch.full((2,), -math.inf)) == -math.inf
    assert log_sum_exp(torch.tensor([0.0, math.inf])) == math.inf


@pytest.mark.parametrize("dtype", HALF)
def test_half_precision_is_rounded_once(dtype, rng):
    z, y = draw(rng, 300, 7, dtype=dtype), draw(rng, 300, 7, dtype=dtype)
    target, yes = classes(rng, 7, 300), y.sigmoid()
    for ours in (
        lambda z: softmax(z),
        lambda z: log_softmax(z),
        lambda z: log_sum_exp(z),
        lambda z: mse(z, y.to(z), reduction="none"),
        lambda z: binary_cross_entropy(z, yes.to(z), reduction="none"),
        lambda z: cross_entropy(z, target, reduction="none", label_smoothing=0.1),
    ):
        exact = ours(z.double()).to(dtype)
        assert ours(z).dtype == dtype
        assert (ours(z) != exact).double().mean() < 0.005
    agree(
        lambda z: cross_entropy(z, target).float(),
        lambda z: functional.cross_entropy(z.float(), target).to(dtype).float(),
        z,
    )
    assert mse(300 * torch.ones(4, dtype=torch.float16), torch.zeros(4, dtype=torch.float16)).isinf()
    assert mse(200 * torch.ones(9, dtype=torch.float16), torch.zeros(9, dtype=torch.float16)) == 40_000


def test_small_losses_keep_their_digits():
    """In single precision, where log(1 + x) of the plain formula is 0."""
    z = torch.tensor([20.0, -20.0])
    sure = binary_cross_entropy(z, torch.tensor([1.0, 0.0]), reduction="none")
    assert sure.tolist() == pytest.approx([math.log1p(math.exp(-20))] * 2, rel=1e-6)
    far = log_softmax(torch.tensor([10_000.0, 10_000.5]))
    assert far[1].item() == pytest.approx(-math.log1p(math.exp(-0.5)), rel=1e-6)


def test_views_work_and_inputs_stay_as_they_are(rng):
    z = draw(rng, 4, 3, 6).permute(2, 0, 1)[::2]
    target, y, before = classes(rng, 4, 3, 3), draw(rng, 3, 4, 3), z.clone()
    assert_close(cross_entropy(z, target), functional.cross_entropy(z.contiguous(), target))
    assert_close(mse(z, y), functional.mse_loss(z.contiguous(), y))
    assert_close(binary_cross_entropy(z, y.sigmoid()), functional.binary_cross_entropy_with_logits(before, y.sigmoid()))
    assert_close(z, before)


def test_gradcheck(rng):
    z, target, y = draw(rng, 3, 4).requires_grad_(), classes(rng, 4, 3), draw(rng, 3, 4)
    for loss in (
        lambda z: cross_entropy(z, target, label_smoothing=0.2),
        lambda z: binary_cross_entropy(z, y.sigmoid()),
        lambda z: mse(z, y),
        log_sum_exp,
        softmax,
        log_softmax,
    ):
        assert torch.autograd.gradcheck(loss, z)
        assert torch.autograd.gradgradcheck(loss, z)


# The formulas of the page


@pytest.mark.equation("loss_likelihood")
def test_the_most_likely_coin_has_the_least_mean_of_minus_logs():
    answers = torch.tensor([1.0, 0, 1, 1, 0, 1, 1, 1], dtype=torch.float64)
    p = torch.linspace(0.01, 0.99, 99, dtype=torch.float64)
    each = torch.where(answers == 1, p[:, None], 1 - p[:, None])
    product, mean = each.prod(1), -each.log().mean(1)
    assert product.argmax() == mean.argmin()
    assert p[mean.argmin()].item() == pytest.approx(6 / 8, abs=0.005)


@pytest.mark.equation("loss_mse")
@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.2, 4))
def test_squared_error_is_minus_the_log_of_a_normal_density(y, guess, s):
    guess_, y_ = torch.tensor([guess, y], dtype=torch.float64)
    normal = torch.distributions.Normal(guess_, s)
    printed = (y - guess) ** 2 / (2 * s**2) + math.log(s * math.sqrt(2 * math.pi))
    assert -normal.log_prob(y_).item() == pytest.approx(printed)
    assert mse(guess_, y_).item() == pytest.approx((y - guess) ** 2)


@pytest.mark.equation("loss_bce")
@given(st.floats(0.001, 0.999), st.sampled_from([0.0, 1.0]))
def test_binary_cross_entropy_is_minus_the_log_of_a_coin(p, y):
    coin = torch.distributions.Bernoulli(torch.tensor(p, dtype=torch.float64))
    y_ = torch.tensor(y, dtype=torch.float64)
    printed = -(y * math.log(p) + (1 - y) * math.log(1 - p))
    assert -coin.log_prob(y_).item() == pytest.approx(printed)
    assert -math.log(p**y * (1 - p) ** (1 - y)) == pytest.approx(printed)
    logit = torch.tensor(math.log(p / (1 - p)), dtype=torch.float64)
    assert binary_cross_entropy(logit, y_).item() == pytest.approx(printed)


@pytest.mark.equation("loss_bce_logits")
@given(st.floats(-30, 30), st.floats(0, 1))
def test_binary_cross_entropy_from_logits_is_the_same(z, y):
    p = 1 / (1 + math.exp(-z))
    by_probabilities = -(y * math.log(p) + (1 - y) * math.log(1 / (1 + math.exp(z))))
    printed = math.log(1 + math.exp(z)) - y * z
    ours = binary_cross_entropy(torch.tensor(z, dtype=torch.float64), torch.tensor(y, dtype=torch.float64)).item()
    assert ours == pytest.approx(printed, abs=1e-12)
    assert ours == pytest.approx(by_probabilities, abs=1e-12)


@pytest.mark.equation("loss_bce_slope")
def test_the_slope_of_binary_cross_entropy_is_p_minus_y(rng):
    z, y = 5 * draw(rng, 40), torch.rand(40, generator=rng, dtype=torch.float64)
    total = lambda z: binary_cross_entropy(z, y, reduction="sum")  # noqa: E731
    assert_close(z.sigmoid() - y, central_differences(total, z), rtol=1e-6, atol=1e-8)
    assert_close(z.sigmoid() - y, slopes(total, z))
    zero = torch.zeros(1, dtype=torch.float64)
    assert slopes(lambda z: binary_cross_entropy(z, zero), zero).item() == 0.5


@pytest.mark.equation("loss_softmax")
def test_softmax_shares_out_powers(rng):
    z = draw(rng, 6)
    powers = [math.exp(v) for v in z.tolist()]
    assert_close(softmax(z), torch.tensor([v / sum(powers) for v in powers], dtype=torch.float64))
    p = softmax(z)
    assert p.sum().item() == pytest.approx(1)
    assert math.log(p[2] / p[4]) == pytest.approx((z[2] - z[4]).item())


@pytest.mark.equation("loss_cross_entropy")
def test_cross_entropy_is_minus_the_log_of_a_die(rng):
    z, target = 4 * draw(rng, 9, 5), classes(rng, 5, 9)
    die = torch.distributions.Categorical(logits=z)
    printed = torch.stack([math.log(sum(math.exp(v) for v in row)) - row[k] for row, k in zip(z, target, strict=True)])
    assert_close(cross_entropy(z, target, reduction="none"), -die.log_prob(target))
    assert_close(cross_entropy(z, target, reduction="none"), printed)
    assert_close(cross_entropy(z, target), printed.mean())


@pytest.mark.equation("loss_shift")
@given(st.floats(-500, 500), st.integers(0, 9))
def test_a_shift_comes_out_of_the_logarithm_and_leaves_softmax_alone(shift, seed):
    z = draw(torch.Generator().manual_seed(seed), 5)
    plain = math.log(sum(math.exp(v) for v in z.tolist()))
    assert shift + math.log(sum(math.exp(v - shift) for v in z.tolist())) == pytest.approx(plain)
    assert log_sum_exp(z + shift).item() == pytest.approx(plain + shift)
    assert_close(softmax(z + shift), softmax(z))


@pytest.mark.equation("loss_bounds")
@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=9))
def test_log_sum_exp_is_a_little_above_the_largest(numbers):
    value = log_sum_exp(torch.tensor(numbers, dtype=torch.float64)).item()
    assert max(numbers) <= value <= max(numbers) + math.log(len(numbers)) + 1e-12


@pytest.mark.equation("loss_softmax_table")
def test_the_table_of_softmax_is_the_one_on_the_page(rng):
    z = draw(rng, 6)
    p, auto = softmax(z), torch.autograd.functional.jacobian(softmax, z)
    for i, j in itertools.product(range(6), range(6)):
        printed = p[i] * (int(i == j) - p[j])
        up, down = (softmax(z + sign * 1e-6 * torch.eye(6, dtype=z.dtype)[j])[i] for sign in (1, -1))
        assert_close(auto[i, j], printed)
        assert_close((up - down) / 2e-6, printed, rtol=1e-6, atol=1e-9)


@pytest.mark.equation("loss_p_minus_y")
@pytest.mark.parametrize("soft", [False, True])
def test_the_gradient_of_softmax_and_cross_entropy_is_p_minus_y(soft, rng):
    z, target = 3 * draw(rng, 4, 5), classes(rng, 5, 4)
    y = shares(rng, 4, 5) if soft else functional.one_hot(target, 5).double()
    total = lambda z: cross_entropy(z, y if soft else target, reduction="sum")  # noqa: E731
    assert_close(softmax(z) - y, central_differences(total, z), rtol=1e-6, atol=1e-8)
    assert_close(softmax(z) - y, slopes(total, z))


@pytest.mark.equation("loss_hessian")
def test_the_second_derivatives_are_the_covariance_of_a_thrown_die(rng):
    z, target = 2 * draw(rng, 5), torch.tensor([3])
    p = softmax(z)
    printed = p.diag() - p[:, None] * p
    ways = 1e-4 * torch.eye(5, dtype=z.dtype)
    total = lambda z: cross_entropy(z[None], target)  # noqa: E731
    for (i, a), (j, b) in itertools.product(enumerate(ways), enumerate(ways)):
        nudged = total(z + a + b) - total(z + a - b) - total(z - a + b) + total(z - a - b)
        assert nudged.item() / 4e-8 == pytest.approx(printed[i, j].item(), abs=1e-6)
    rows = torch.eye(5, dtype=z.dtype)  # all that the die can show, each with its probability
    assert_close(torch.cov(rows.T, aweights=p, correction=0), printed)


@pytest.mark.equation("loss_convex")
@given(st.integers(2, 7), st.integers(0, 99))
def test_in_each_direction_the_loss_bends_by_a_variance(c, seed):
    rng = torch.Generator().manual_seed(seed)
    z, v, target = 2 * draw(rng, c), draw(rng, c), torch.tensor([0])
    p = softmax(z)
    variance = (p * (v - p @ v).square()).sum().item()
    printed = p @ v**2 - (p @ v) ** 2
    assert printed.item() == pytest.approx(variance)
    total = lambda z: cross_entropy(z[None], target).item()  # noqa: E731
    h = 1e-3
    assert (total(z + h * v) - 2 * total(z) + total(z - h * v)) / h**2 == pytest.approx(variance, abs=1e-5)
    bends = torch.autograd.functional.hessian(log_sum_exp, z)
    assert (v @ bends @ v).item() == pytest.approx(variance)
    assert (torch.ones(c).to(z) @ bends).abs().max() < 1e-12


@pytest.mark.equation("loss_border")
@given(st.integers(0, 99))
def test_two_classes_are_equal_on_a_line_and_regions_have_no_dents(seed):
    rng = torch.Generator().manual_seed(seed)
    w, b, x = draw(rng, 4, 2), draw(rng, 4), 3 * draw(rng, 200, 2)
    i, k = 1, 3
    gap = x @ (w[i] - w[k]) + b[i] - b[k]
    on_line = x - (gap / (w[i] - w[k]).square().sum())[:, None] * (w[i] - w[k])
    p = (on_line @ w.T + b).softmax(1)
    assert_close(p[:, i], p[:, k])
    p = softmax(x @ w.T + b)
    assert ((p[:, i] > p[:, k]) == (gap > 0)).all()
    first = p.argmax(1)
    same = first[:100] == first[100:]
    halfway = ((x[:100] + x[100:]) / 2 @ w.T + b).argmax(1)
    assert (halfway == first[:100])[same].all()


def test_the_middle_class_that_plain_regression_never_chooses():
    x = torch.tensor([[-1.0, 1], [0, 1], [1, 1]], dtype=torch.float64)
    lines = torch.linalg.lstsq(x, torch.eye(3, dtype=x.dtype)).solution
    assert_close(lines, torch.tensor([[-1 / 2, 0, 1 / 2], [1 / 3] * 3], dtype=x.dtype))
    assert (torch.tensor([2.0, 1], dtype=x.dtype) @ lines)[2].item() == pytest.approx(4 / 3)
    at = torch.linspace(-2, 2, 401, dtype=x.dtype)
    first = torch.stack([-4 * at, torch.full_like(at, 2), 4 * at], 1).argmax(1)
    inner, outer = at.abs() < 0.499, at.abs() > 0.501
    assert (first[inner] == 1).all()
    assert (first[outer] != 1).all()


@pytest.mark.equation("loss_mse_slope")
def test_squared_error_behind_a_sigmoid_has_the_slope_on_the_page():
    z = torch.linspace(-12, 8, 81, dtype=torch.float64)
    for y in (0.0, 1.0):
        each = lambda z: mse(z.sigmoid(), torch.full_like(z, y), reduction="none")  # noqa: E731, B023
        p = z.sigmoid()
        printed = 2 * (p - y) * p * (1 - p)
        assert_close(printed, (each(z + 1e-5) - each(z - 1e-5)) / 2e-5, rtol=1e-5, atol=1e-9)
        assert_close(printed, slopes(each, z))
    assert abs(printed[0]) < 2e-5


@pytest.mark.equation("loss_twice")
@given(st.integers(2, 30), st.integers(0, 99))
def test_softmax_twice_has_a_floor(c, seed):
    rng = torch.Generator().manual_seed(seed)
    floor = math.log(1 + (c - 1) / math.e)
    p = softmax(10 * draw(rng, 200, c))
    assert cross_entropy(p, classes(rng, c, 200), reduction="none").min() >= floor - 1e-12
    best = torch.eye(c, dtype=torch.float64)[:1]
    assert cross_entropy(best, torch.tensor([0])).item() == pytest.approx(floor)


def test_the_floor_for_ten_classes():
    assert math.log(1 + 9 / math.e) == pytest.approx(-math.log(math.e / (math.e + 9)))
    assert math.log(1 + 9 / math.e) == pytest.approx(1.461, abs=5e-4)


@pytest.mark.equation("loss_several")
def test_several_labels_are_independent_coins(rng):
    z, y = 3 * draw(rng, 7, 4), torch.rand(7, 4, generator=rng).round().double()
    coins = torch.distributions.Independent(torch.distributions.Bernoulli(logits=z), 1)
    p = z.sigmoid()
    product = (p**y * (1 - p) ** (1 - y)).prod(1)
    printed = (torch.log(1 + z.exp()) - y * z).sum(1)
    assert_close(printed, -coins.log_prob(y))
    assert_close(printed, -product.log())
    assert_close(binary_cross_entropy(z, y, reduction="none").sum(1), printed)
    assert_close(slopes(lambda z: binary_cross_entropy(z, y, reduction="sum"), z), p - y)


@pytest.mark.equation("loss_smoothing")
@given(st.integers(2, 9), st.floats(0, 1), st.integers(0, 99))
def test_label_smoothing_mixes_two_losses(c, eps, seed):
    rng = torch.Generator().manual_seed(seed)
    z, target = 3 * draw(rng, 5, c), classes(rng, c, 5)
    q = (1 - eps) * functional.one_hot(target, c) + eps / c
    smoothed = functional.cross_entropy(z, target, label_smoothing=eps, reduction="none")
    assert_close(-(q * z.log_softmax(1)).sum(1), smoothed)
    mixed = (1 - eps) * functional.cross_entropy(z, target, reduction="none") - eps * z.log_softmax(1).mean(1)
    assert_close(mixed, smoothed)
    assert_close(cross_entropy(z, target, label_smoothing=eps, reduction="none"), smoothed)


@pytest.mark.equation("loss_smoothed_gap")
@pytest.mark.parametrize(("c", "eps"), [(10, 0.1), (10, 0.3), (3, 0.5)])
def test_smoothing_wants_a_finite_gap(c, eps):
    gap = math.log(1 + c * (1 - eps) / eps)
    z = torch.zeros(1, c, dtype=torch.float64)
    z[0, 0] = gap
    total = lambda z: cross_entropy(z, torch.tensor([0]), label_smoothing=eps)  # noqa: E731
    assert_close(slopes(total, z), torch.zeros_like(z), atol=1e-12, rtol=0)
    assert_close(softmax(z)[0, 0].item(), 1 - eps + eps / c)
    assert math.exp(gap) == pytest.approx((1 - eps + eps / c) / (eps / c))


@pytest.mark.equation("loss_entropy")
def test_cross_entropy_is_entropy_plus_divergence(rng):
    z, q = draw(rng, 20, 6), shares(rng, 20, 6)
    target, said = torch.distributions.Categorical(q), torch.distributions.Categorical(logits=z)
    divergence = torch.distributions.kl_divergence(target, said)
    assert_close(cross_entropy(z, q, reduction="none"), target.entropy() + divergence)
    assert (divergence >= 0).all()
    assert_close(cross_entropy(q.log(), q, reduction="none"), target.entropy())


@pytest.fixture(scope="module")
def calibration():
    """What the listing defines in its first step."""
    text = (Path(__file__).parents[1] / "snippets/losses/calibration.py").read_text("utf8")
    defined = {}
    exec(text.split("# --8<-- [end:bins]")[0], defined)
    return defined


@pytest.mark.equation("loss_calibration")
def test_the_calibration_error_is_the_mean_gap_of_the_bins(calibration, rng):
    z, y = 2 * draw(rng, 500, 4), classes(rng, 4, 500)
    bins = {}
    for p, answer in zip(softmax(z).tolist(), y.tolist(), strict=True):
        said = max(p)
        bins.setdefault(int(10 * said), []).append((said, p.index(said) == answer))
    rows = [torch.tensor(row, dtype=z.dtype) for row in bins.values()]
    printed = sum(len(row) / 500 * abs(row[:, 1].mean() - row[:, 0].mean()) for row in rows)
    assert printed.item() == pytest.approx(sum(abs((row[:, 1] - row[:, 0]).sum()) for row in rows).item() / 500)
    assert calibration["off"](z, y).item() == pytest.approx(100 * printed.item())


def test_the_calibration_error_worked_by_hand(calibration):
    said = torch.tensor([0.6] * 4 + [0.9] * 6, dtype=torch.float64)
    y = torch.tensor([0, 0, 1, 1] + [0] * 6)
    z = torch.stack([said, 1 - said], 1).log()
    assert calibration["off"](z, y).item() == pytest.approx(10)
    sure = torch.tensor([[100.0, 0], [100, 0]], dtype=torch.float64)  # a confidence of 1 has a bin, too
    assert calibration["off"](sure, torch.tensor([0, 1])).item() == pytest.approx(50)


@pytest.mark.equation("loss_temperature")
@given(st.floats(0.3, 4), st.integers(0, 99))
def test_the_slope_by_the_temperature_is_expected_minus_right_logit(t, seed):
    rng = torch.Generator().manual_seed(seed)
    z, y = 3 * draw(rng, 5), seed % 5
    powers = [math.exp(v / t) for v in z.tolist()]
    p = torch.tensor([v / sum(powers) for v in powers], dtype=z.dtype)
    loss = lambda cold: functional.cross_entropy(cold * z[None], torch.tensor([y])).item()  # noqa: E731
    h = 1e-4
    assert (loss(1 / t + h) - loss(1 / t - h)) / (2 * h) == pytest.approx((p @ z - z[y]).item(), abs=1e-5)
    bend = (loss(1 / t + 1e-3) - 2 * loss(1 / t) + loss(1 / t - 1e-3)) / 1e-6
    assert bend == pytest.approx((p @ z**2 - (p @ z) ** 2).item(), abs=1e-3)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5), st.integers(0, 99))
def test_means_of_batches_are_weighted_by_their_sizes(sizes, seed):
    rng = torch.Generator().manual_seed(seed)
    z, target = draw(rng, sum(sizes), 4), classes(rng, 4, sum(sizes))
    means = [cross_entropy(a, b) for a, b in zip(z.split(sizes), target.split(sizes), strict=True)]
    weighted = sum(n / sum(sizes) * mean for n, mean in zip(sizes, means, strict=True))
    assert_close(weighted, cross_entropy(z, target))


# Numbers worked on the page


def test_numbers_worked_by_hand():
    like = {"dtype": torch.float64}
    assert mse(torch.tensor([[1, 4], [2, 0]], **like), torch.zeros(2, 2, **like)) == 5.25
    z = torch.tensor([math.log(3)], **like)
    no = torch.zeros(1, **like)
    assert binary_cross_entropy(z, no).item() == pytest.approx(math.log(4))
    assert slopes(lambda z: binary_cross_entropy(z, no), z).item() == pytest.approx(0.75)
    z = torch.tensor([[0, math.log(2), math.log(5)]], **like)
    assert_close(softmax(z), torch.tensor([[1 / 8, 2 / 8, 5 / 8]], **like))
    assert cross_entropy(z, torch.tensor([2])).item() == pytest.approx(math.log(8 / 5))
    assert_close(
        slopes(lambda z: cross_entropy(z, torch.tensor([2])), z), torch.tensor([[1 / 8, 2 / 8, -3 / 8]], **like)
    )


def test_mse_divides_by_all_numbers_and_cross_entropy_by_the_targets_kept():
    assert mse(torch.ones(4, 3), torch.zeros(4, 3), reduction="sum") == 12
    assert mse(torch.ones(4, 3), torch.zeros(4, 3)) == 1
    z, target = torch.zeros(4, 10, dtype=torch.float64), torch.tensor([1, 2, -100, -100])
    assert cross_entropy(z, target, reduction="sum").item() == pytest.approx(2 * math.log(10))
    assert cross_entropy(z, target).item() == pytest.approx(math.log(10))


# Mistakes

PLAIN = as_a_reader_imports_it(dlbook.losses)
LIKE = torch.zeros(4)


@pytest.mark.parametrize(("loss", "first", "second"), [
    (PLAIN.mse, "prediction", "target"), (PLAIN.binary_cross_entropy, "logits", "target"),
])  # fmt: skip
@pytest.mark.parametrize(
    ("target", "message"),
    [
        (torch.zeros(4, 1), r"{second} must have the shape of {first}, \(4,\), got \(4, 1\)"),
        (torch.zeros(()), r"{second} must have the shape of {first}, \(4,\), got \(\)"),
        (torch.zeros(4).double(), "{second} is torch.float64, {first} is torch.float32"),
        (torch.zeros(4, device="meta"), "{second} is on meta, {first} is on cpu"),
        (torch.zeros(4, dtype=torch.int64), r"{second} must hold floating-point numbers, got torch.int64"),
        ([0.0, 0, 0, 0], r"{second} must hold floating-point numbers, got list"),
    ],
)
def test_targets_that_do_not_fit_are_refused(loss, first, second, target, message):
    with pytest.raises(ValueError, match=message.format(first=first, second=second)):
        loss(LIKE, target)


def test_predictions_that_are_no_numbers_are_refused():
    with pytest.raises(ValueError, match=r"prediction must hold floating-point numbers, got torch.int64"):
        PLAIN.mse(torch.zeros(4, dtype=torch.int64), LIKE)
    with pytest.raises(ValueError, match=r"logits must hold floating-point numbers, got torch.int64"):
        PLAIN.cross_entropy(torch.zeros(4, 3, dtype=torch.int64), torch.zeros(4, dtype=torch.int64))
    for function in (PLAIN.softmax, PLAIN.log_softmax, PLAIN.log_sum_exp):
        with pytest.raises(ValueError, match=r"must hold floating-point numbers, got torch.int64"):
            function(torch.zeros(4, dtype=torch.int64))


@pytest.mark.parametrize(("bad", "met"), [(1.5, "1.5"), (-0.25, "-0.25"), (math.nan, "nan")])
def test_shares_outside_0_and_1_are_refused(bad, met):
    with pytest.raises(ValueError, match=f"target must be from 0 to 1, got {met}"):
        PLAIN.binary_cross_entropy(torch.zeros(2), torch.tensor([0.5, bad]))
    with pytest.raises(ValueError, match=f"target must be from 0 to 1, got {met}"):
        PLAIN.cross_entropy(torch.zeros(1, 2), torch.tensor([[0.5, bad]]))


def test_shares_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match=r"target must add up to 1 over the classes, got 0\.8"):
        PLAIN.cross_entropy(torch.zeros(2, 2), torch.tensor([[0.5, 0.5], [0.5, 0.3]]))


@pytest.mark.parametrize("wrong", [10, 11, -1, -99])
def test_a_target_that_is_no_class_is_refused(wrong):
    with pytest.raises(ValueError, match=f"target must be a class from 0 to 9, got {wrong}"):
        PLAIN.cross_entropy(torch.zeros(3, 10), torch.tensor([3, wrong, -100]))


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (torch.zeros(4, dtype=torch.int32), r"int64 class numbers, or a probability for each class, got torch.int32"),
        (torch.zeros(4, dtype=torch.bool), r"int64 class numbers, or a probability for each class, got torch.bool"),
        ([0, 1, 2, 0], r"int64 class numbers, or a probability for each class, got list"),
        (numpy.zeros(4, int), r"int64 class numbers, or a probability for each class, got ndarray"),
        (torch.zeros(4, 1).long(), r"target must have the shape of the examples, \(4,\), got \(4, 1\)"),
        (torch.zeros(3).long(), r"target must have the shape of the examples, \(4,\), got \(3,\)"),
        (torch.zeros(4, device="meta").long(), "target is on meta, logits is on cpu"),
        (torch.zeros(4), r"target must have the shape of logits, \(4, 3\), got \(4,\)"),
        (torch.zeros(4, 3).double(), "target is torch.float64, logits is torch.float32"),
    ],
)
def test_class_targets_that_do_not_fit_are_refused(target, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.cross_entropy(torch.zeros(4, 3), target)


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((), r"logits must have at least 2 axes \(examples, classes\), got 0: shape \(\)"),
        ((3,), r"logits must have at least 2 axes \(examples, classes\), got 1: shape \(3,\)"),
        ((3, 0), "the number of classes must be an integer of at least 1, got 0"),
    ],
)
def test_logits_without_classes_are_refused(shape, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.cross_entropy(torch.zeros(shape), torch.zeros(3, dtype=torch.int64))


def test_class_weights_that_do_not_fit_are_refused():
    z, target = torch.zeros(2, 3), torch.tensor([0, 1])
    with pytest.raises(ValueError, match=r"weight must have the shape of the classes, \(3,\), got \(2,\)"):
        PLAIN.cross_entropy(z, target, weight=torch.ones(2))
    with pytest.raises(ValueError, match=r"weight must hold floating-point numbers, got list"):
        PLAIN.cross_entropy(z, target, weight=[1.0, 1.0, 1.0])
    with pytest.raises(ValueError, match=r"weight is torch.float64, logits is torch.float32"):
        PLAIN.cross_entropy(z, target, weight=torch.ones(3).double())


@pytest.mark.parametrize("bad", [-0.1, 1.1, math.nan, "0.1", None, True])
def test_a_smoothing_outside_0_and_1_is_refused(bad):
    message = f"label_smoothing must be a finite number of at least 0 and at most 1, got {bad!r}"
    with pytest.raises(ValueError, match=message):
        PLAIN.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 1]), label_smoothing=bad)


@pytest.mark.parametrize("loss", [
    lambda **how: PLAIN.mse(LIKE, LIKE, **how),
    lambda **how: PLAIN.binary_cross_entropy(LIKE, LIKE, **how),
    lambda **how: PLAIN.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 1]), **how),
])  # fmt: skip
@pytest.mark.parametrize("bad", ["average", None, "batchmean"])
def test_another_reduction_is_refused(loss, bad):
    with pytest.raises(ValueError, match=f"reduction must be 'mean', 'sum' or 'none', got {bad!r}"):
        loss(reduction=bad)
