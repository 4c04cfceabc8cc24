"""Local response normalisation: ours against the paper's formula in loops, against torch, against the page."""

import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.nn import functional
from torch.testing import assert_close

import dlbook.lrn
from dlbook.lrn import LocalResponseNorm, lrn, lrn_gradient

EXAMPLE = {"alpha": 0.3, "beta": 0.6, "k": 1.5}


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(20)


def draw(rng, *shape, dtype=torch.float64):
    return torch.randn(*shape, generator=rng, dtype=torch.float64).to(dtype)


def torchs(x, size, *, alpha=1e-4, beta=0.75, k=2.0):
    """The same in torch, which divides alpha by size."""
    return functional.local_response_norm(x, size, alpha * size, beta, k)


def window(i, n, channels):
    return range(max(0, i - n // 2), min(channels - 1, i + (n - 1) // 2) + 1)


# Values


@pytest.mark.equation("lrn")
@pytest.mark.parametrize(("n", "channels"), list(itertools.product([1, 2, 3, 4, 5, 11], [1, 2, 6])))
def test_lrn_is_the_sum_on_the_page(n, channels, rng):
    x = 40 * draw(rng, 2, channels, 3)
    y = torch.empty_like(x)
    for image, i, place in itertools.product(range(2), range(channels), range(3)):
        squares = sum(x[image, j, place] ** 2 for j in window(i, n, channels))
        y[image, i, place] = x[image, i, place] / (2 + 1e-4 * squares) ** 0.75
    assert_close(lrn(x, n), y)


def test_odd_windows_are_those_of_the_paper(rng):
    for n, channels, i in itertools.product([1, 3, 5, 7], [1, 4, 9], range(9)):
        if i < channels:
            papers = [j for j in range(channels) if abs(j - i) <= n // 2]
            assert papers == list(window(i, n, channels))


def test_lrn_gives_the_numbers_worked_on_the_page():
    a = torch.tensor([1.0, 2, 3, 0], dtype=torch.float64).reshape(1, 4, 1)
    assert lrn(a, 3, alpha=1)[0, 1, 0] == pytest.approx(0.25)
    assert lrn(a, 5, alpha=1)[0, 0, 0] == pytest.approx(0.125)
    exercise = torch.tensor([3.0, 1, 2, 6], dtype=torch.float64).reshape(1, 4, 1)
    assert lrn(exercise, 3, alpha=1)[0, 1, 0] == pytest.approx(0.125)


def test_defaults_are_the_constants_of_the_paper(rng):
    x = 100 * draw(rng, 1, 9, 2, 2)
    assert_close(lrn(x), lrn(x, 5, alpha=1e-4, beta=0.75, k=2))
    assert repr(LocalResponseNorm()) == "LocalResponseNorm(5, alpha=0.0001, beta=0.75, k=2.0)"


# torch


@pytest.mark.equation("lrn_alpha")
@given(
    st.lists(st.integers(0, 4), min_size=3, max_size=5),
    st.integers(1, 11),
    st.floats(0, 2),
    st.floats(0, 2),
    st.floats(0.1, 3),
    st.integers(0, 9),
)
def test_lrn_agrees_with_torch_once_alpha_is_multiplied_by_n(shape, n, alpha, beta, k, seed):
    x = draw(torch.Generator().manual_seed(seed), *shape).requires_grad_()
    expected = functional.local_response_norm(x, n, n * alpha, beta, k)
    y = lrn(x, n, alpha=alpha, beta=beta, k=k)
    assert_close(y, expected)
    if x.numel():
        grad_y = draw(torch.Generator().manual_seed(seed + 1), *shape)
        (slopes,) = torch.autograd.grad(expected, x, grad_y)
        assert_close(torch.autograd.grad(y, x, grad_y)[0], slopes)
        assert_close(lrn_gradient(grad_y, x.detach(), n, alpha=alpha, beta=beta, k=k), slopes)


def test_layer_is_torchs_with_alpha_times_n(rng):
    x = 50 * draw(rng, 2, 7, 3, 4)
    ours, theirs = LocalResponseNorm(4, alpha=1e-3), torch.nn.LocalResponseNorm(4, 4e-3, k=2)
    assert_close(ours(x), theirs(x))
    assert not list(ours.parameters())
    assert not ours.state_dict()


def test_without_alpha_times_n_torch_differs(rng):
    x = 100 * draw(rng, 2, 7, 3, 4)
    assert not lrn(x).allclose(torch.nn.LocalResponseNorm(5, k=2)(x), rtol=0.01)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_lrn_keeps_the_type_and_does_not_overflow(dtype, rng):
    x = 300 * draw(rng, 2, 7, 3, 4, dtype=dtype)  # 300 squared is too much for half precision
    assert lrn(x).dtype == lrn_gradient(x, x).dtype == dtype
    assert_close(lrn(x), lrn(x.double()).to(dtype))
    g = draw(rng, *x.shape, dtype=dtype)
    expected = lrn_gradient(g.double(), x.double()).to(dtype)
    assert_close(lrn_gradient(g, x), expected, atol=1e-4, rtol=0.016)


def test_lrn_takes_a_view_and_leaves_it_alone(rng):
    x = draw(rng, 4, 3, 6, 2).permute(3, 2, 0, 1)
    before = x.clone()
    assert_close(lrn(x, **EXAMPLE), torchs(x.contiguous(), 5, **EXAMPLE))
    assert_close(x, before)


def test_without_k_only_a_window_of_zeros_is_not_a_number():
    x = torch.tensor([0.0, 0, 0, 1e-3], dtype=torch.float64).reshape(1, 4, 1)
    y, expected = lrn(x, 3, alpha=1, beta=0.5, k=0), torchs(x, 3, alpha=1, beta=0.5, k=0)
    assert y.isnan().flatten().tolist() == [True, True, False, False]
    assert_close(y, expected, equal_nan=True)


# Laws


@pytest.mark.equation("lrn_small")
@given(st.floats(0, 50), st.floats(0, 3), st.integers(0, 9))
def test_damping_is_at_most_beta_alpha_over_k_times_the_sum(scale, beta, seed):
    x = scale * draw(torch.Generator().manual_seed(seed), 1, 6, 3).abs() + 0.1
    k, alpha = 2.0, 1e-3
    squares = torch.stack([x[:, list(window(i, 5, 6))].square().sum(1) for i in range(6)], 1)
    share = lrn(x, 5, alpha=alpha, beta=beta, k=k) / (x * k**-beta)
    assert (share <= 1 + 1e-12).all()
    assert (share >= 1 - alpha * beta / k * squares - 1e-12).all()


@pytest.mark.equation("lrn_units")
@given(st.floats(0.01, 300), st.integers(1, 7))
def test_units_of_the_input_can_be_moved_into_alpha(c, n):
    x = draw(torch.Generator().manual_seed(n), 2, 5, 3)
    assert_close(lrn(c * x, n, **EXAMPLE), c * lrn(x, n, **{**EXAMPLE, "alpha": c**2 * EXAMPLE["alpha"]}))


@pytest.mark.equation("lrn_peak")
@given(st.floats(1e-5, 2), st.floats(0.55, 3), st.floats(0.1, 5))
def test_a_lone_channel_peaks_where_the_page_says(alpha, beta, k):
    peak = math.sqrt(k / (alpha * (2 * beta - 1)))
    a = torch.tensor([0.99 * peak, peak, 1.01 * peak], dtype=torch.float64)
    low, top, high = lrn(a.reshape(1, 1, 3), alpha=alpha, beta=beta, k=k).flatten()
    assert low < top > high
    slope = lrn_gradient(torch.ones(1, 1, 3, dtype=a.dtype), a.reshape(1, 1, 3), alpha=alpha, beta=beta, k=k)
    assert_close(slope[0, 0, 1], torch.zeros((), dtype=a.dtype), atol=1e-9, rtol=0)


def test_the_paper_constants_peak_at_200_and_beta_of_a_half_never():
    assert math.sqrt(2 / (1e-4 * (2 * 0.75 - 1))) == pytest.approx(200)
    a = torch.logspace(0, 8, 50, dtype=torch.float64).reshape(1, 1, -1)
    assert (lrn(a, beta=0.5).diff() > 0).all()


# Gradients


@pytest.mark.equation("lrn_jacobian")
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 20])
def test_jacobian_is_the_one_on_the_page(n, rng):
    a = draw(rng, 1, 6, 1)
    autos = torch.autograd.functional.jacobian(lambda a: lrn(a, n, **EXAMPLE), a)[0, :, 0, 0, :, 0]
    alpha, beta, k = EXAMPLE.values()
    a = a.flatten()
    for i, j in itertools.product(range(6), range(6)):
        scale = k + alpha * sum(a[m] ** 2 for m in window(i, n, 6))
        printed = (i == j) * scale**-beta
        printed -= (j in window(i, n, 6)) * 2 * alpha * beta * a[i] * a[j] * scale ** (-beta - 1)
        assert_close(autos[i, j], printed)


@pytest.mark.equation("lrn_gradient")
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 20])
def test_gradient_equals_finite_differences(n, rng):
    x, grad_y, h = draw(rng, 2, 5, 3), draw(rng, 2, 5, 3), 1e-6
    slopes = []
    for e in h * torch.eye(x.numel(), dtype=x.dtype):
        up, down = (lrn(x + sign * e.reshape(x.shape), n, **EXAMPLE) for sign in (1, -1))
        slopes.append((grad_y * (up - down)).sum() / (2 * h))
    assert_close(lrn_gradient(grad_y, x, n, **EXAMPLE), torch.stack(slopes).reshape(x.shape), rtol=1e-6, atol=1e-8)


def test_gradcheck(rng):
    x = draw(rng, 1, 5, 2).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: lrn(x, 4, **EXAMPLE), x)
    assert torch.autograd.gradgradcheck(lambda x: lrn(x, 4, **EXAMPLE), x)


# Mistakes

PLAIN = as_a_reader_imports_it(dlbook.lrn)


@pytest.mark.parametrize("value", [0, -3, 2.0, True, "3", None])
def test_a_size_that_is_no_whole_number_is_refused(value):
    message = rf"size must be an integer of at least 1, got {value!r}"
    with pytest.raises(ValueError, match=message):
        PLAIN.lrn(torch.zeros(1, 2, 3), value)
    with pytest.raises(ValueError, match=message):
        PLAIN.lrn_gradient(torch.zeros(1, 2, 3), torch.zeros(1, 2, 3), value)
    with pytest.raises(ValueError, match=message):
        PLAIN.LocalResponseNorm(value)


@pytest.mark.parametrize("name", ["alpha", "beta", "k"])
@pytest.mark.parametrize("value", [-1, -0.5, math.nan, math.inf, True, "1", None])
def test_constants_without_sense_are_refused(name, value):
    message = f"{name} must be a finite number of at least 0, got {value!r}"
    with pytest.raises(ValueError, match=message):
        PLAIN.lrn(torch.zeros(1, 2, 3), **{name: value})
    with pytest.raises(ValueError, match=message):
        PLAIN.LocalResponseNorm(**{name: value})


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (torch.zeros(4, 6), r"x must have at least 3 axes .* got 2: shape \(4, 6\)"),
        (torch.zeros(()), r"x must have at least 3 axes .* got 0"),
        (torch.zeros(1, 2, 3, dtype=torch.int64), r"x must hold floating-point numbers, got torch.int64"),
        (torch.zeros(1, 2, 3, dtype=torch.complex64), r"x must hold floating-point numbers, got torch.complex64"),
        ([[[1.0]]], r"x must hold floating-point numbers, got list"),
    ],
)
def test_tensors_that_do_not_fit_are_refused(x, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.lrn(x)
    with pytest.raises(ValueError, match=message):
        PLAIN.LocalResponseNorm()(x)


@pytest.mark.parametrize(
    ("grad_y", "message"),
    [
        (torch.zeros(1, 2, 4), r"grad_y must have the shape of x, \(1, 2, 3\), got \(1, 2, 4\)"),
        (torch.zeros(1, 2, 3).double(), "grad_y is torch.float64, x is torch.float32"),
        (torch.zeros(1, 2, 3, device="meta"), "grad_y is on meta, x is on cpu"),
    ],
)
def test_gradient_refuses_another_shape_type_or_device(grad_y, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.lrn_gradient(grad_y, torch.zeros(1, 2, 3))
