"""Pooling: ours against torch, against windows cut out one by one, and against the page."""

import itertools
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.nn import functional
from torch.testing import assert_close

import dlbook.pooling
from dlbook.pooling import (
    AvgPool2d,
    MaxPool2d,
    avg_pool2d,
    avg_pool2d_gradient,
    global_avg_pool2d,
    max_pool2d,
    max_pool2d_gradient,
    output_size,
    winners,
)

EXAMPLE = torch.tensor([[1.0, 3, 2, 0], [5, 7, 1, 1], [0, 2, 4, 4], [6, 4, 8, 0]])[None, None]

# size (h, w), kernel, stride, padding, dilation, ceil_mode
GEOMETRIES = [
    pytest.param((4, 6), 2, None, 0, 1, False, id="tiles"),
    pytest.param((5, 7), 2, None, 0, 1, False, id="a row and a column are not read"),
    pytest.param((5, 7), 2, None, 0, 1, True, id="a window hangs over the end"),
    pytest.param((7, 5), 3, 2, 1, 1, False, id="overlap and padding"),
    pytest.param((6, 8), 3, 2, 1, 1, True, id="hangs over the padding"),
    pytest.param((5, 7), 2, 2, 1, 1, True, id="the window in the padding is dropped"),
    pytest.param((4, 4), 1, 5, 0, 1, True, id="stride wider than the kernel"),
    pytest.param((2, 3), 3, 2, 0, 1, True, id="kernel taller than the image"),
    pytest.param((6, 5), (6, 5), None, 0, 1, False, id="global"),
    pytest.param((9, 8), (2, 4), (3, 1), (1, 2), (3, 2), True, id="uneven everywhere"),
    pytest.param((3, 3), 1, 1, 0, 1, False, id="nothing happens"),
]
GEOMETRY = pytest.mark.parametrize(("size", "kernel", "stride", "padding", "dilation", "ceil_mode"), GEOMETRIES)


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(20)


def draw(rng, *shape, dtype=torch.float64):
    return torch.randn(*shape, generator=rng, dtype=torch.float64).to(dtype)


@st.composite
def geometries(draw, *, dilation=True):
    """A random geometry that torch accepts: image size, and the arguments that both sides take."""
    pair = lambda low, high: st.tuples(st.integers(low, high), st.integers(low, high))  # noqa: E731
    kernel, ceil_mode = draw(pair(1, 5)), draw(st.booleans())
    stride = draw(st.none() | pair(1, 6))
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    dilated = draw(pair(1, 3)) if dilation else (1, 1)
    size = []
    for k, s, p, d in zip(kernel, stride or kernel, padding, dilated, strict=True):
        least = d * (k - 1) + 1 - 2 * p - (s - 1 if ceil_mode else 0)
        size.append(draw(st.integers(max(least, d, 1), max(least, d, 1) + 6)))
    return tuple(size), kernel, stride, padding, dilated, ceil_mode


def windows_of(size, k, s, p, d, ceil_mode):
    """Along one axis, the pixels in each window, by walking along it: the second way to all sizes."""
    found, start, width = [], 0, d * (k - 1) + 1
    while start + width <= size + 2 * p:
        found.append(start)
        start += s
    end = start - s + width  # where the last window ended
    if ceil_mode and end < size + 2 * p and start < size + p:
        found.append(start)
    return [[start - p + u * d for u in range(k)] for start in found]


def places(size, kernel, stride, padding, dilation, ceil_mode):
    """Each place (i, j) and the rows and columns of its window, padding included."""
    pairs = [v if isinstance(v, tuple) else (v, v) for v in (kernel, stride or kernel, padding, dilation)]
    rows, columns = (windows_of(n, k, s, p, d, ceil_mode) for n, k, s, p, d in zip(size, *pairs, strict=True))
    return itertools.product(enumerate(rows), enumerate(columns))


# Sizes


@pytest.mark.equation("pool_ceil_size")
@settings(max_examples=4000)
@given(st.integers(1, 30), st.integers(1, 7), st.integers(1, 9), st.integers(0, 3), st.integers(1, 3), st.booleans())
def test_output_size_is_that_of_torch_and_of_walking_along(n, k, s, p, d, ceil_mode):
    p = min(p, k // 2)
    how = {"stride": s, "padding": p, "dilation": d, "ceil_mode": ceil_mode}
    width = d * (k - 1) + 1
    if ceil_mode:
        printed = min(math.ceil((n + 2 * p - width) / s), (n + p - 1) // s) + 1
    else:
        printed = math.floor((n + 2 * p - width) / s) + 1
    if printed < 1:
        with pytest.raises(RuntimeError, match="Output size is too small"):
            functional.max_pool2d(torch.zeros(1, 1, n, n), k, s, p, d, ceil_mode)
        with pytest.raises(ValueError, match="the kernel is wider than the padded axis"):
            output_size(n, k, **how)
        return
    expected = functional.max_pool2d(torch.zeros(1, 1, n, n), k, s, p, d, ceil_mode).shape[2]
    assert output_size(n, k, **how) == expected == printed
    if width <= n + 2 * p:
        assert len(windows_of(n, k, s, p, d, ceil_mode)) == expected


@pytest.mark.parametrize(
    ("n", "k", "s", "p", "floor", "ceil"),
    [(7, 2, 2, 0, 3, 4), (6, 3, 2, 1, 3, 4), (5, 2, 2, 1, 3, 3), (112, 3, 2, 0, 55, 56), (2, 3, 2, 0, None, 1)],
)
def test_output_size_gives_the_numbers_on_the_page(n, k, s, p, floor, ceil):
    assert output_size(n, k, stride=s, padding=p, ceil_mode=True) == ceil
    if floor:
        assert output_size(n, k, stride=s, padding=p) == floor


@given(geometries(dilation=False))
def test_with_ceil_mode_the_end_is_read_unless_the_stride_skips_it(geometry):
    size, kernel, stride, padding, _, _ = geometry
    stride = tuple(min(s, k) for s, k in zip(stride or kernel, kernel, strict=True))
    x = torch.ones(1, 1, *size, requires_grad=True)
    y = avg_pool2d(x, kernel, stride=stride, padding=padding, ceil_mode=True)
    assert (torch.autograd.grad(y.sum(), x)[0] > 0).all()


def test_without_a_stride_the_windows_are_tiles():
    assert output_size(12, 3) == output_size(12, 3, stride=3) == 4


# Values


@pytest.mark.equation("max_pool")
@GEOMETRY
def test_max_pool_is_the_largest_pixel_of_each_window(size, kernel, stride, padding, dilation, ceil_mode, rng):
    x = draw(rng, 2, 3, *size)
    y = max_pool2d(x, kernel, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode)
    assert_close(y, functional.max_pool2d(x, kernel, stride, padding, dilation, ceil_mode))
    for (i, rows), (j, columns) in places(size, kernel, stride, padding, dilation, ceil_mode):
        inside = [(r, c) for r in rows for c in columns if 0 <= r < size[0] and 0 <= c < size[1]]
        assert_close(y[:, :, i, j], torch.stack([x[:, :, r, c] for r, c in inside]).amax(0))


@pytest.mark.equation("avg_pool", "avg_pool_divisor")
@GEOMETRY
@pytest.mark.parametrize("counted", [True, False])
def test_avg_pool_is_the_sum_over_what_counts(counted, size, kernel, stride, padding, dilation, ceil_mode, rng):
    x = draw(rng, 2, 3, *size)
    how = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    y = avg_pool2d(x, kernel, **how, count_include_pad=counted)
    assert_close(y, functional.avg_pool2d(x, kernel, stride, padding, ceil_mode, counted))
    sums = avg_pool2d(x, kernel, **how, divisor_override=1)
    p = padding if isinstance(padding, tuple) else (padding, padding)
    for (i, rows), (j, columns) in places(size, kernel, stride, padding, 1, ceil_mode):
        inside = [(r, c) for r in rows for c in columns if 0 <= r < size[0] and 0 <= c < size[1]]
        divisor = 1
        for n, border, window in zip(size, p, (rows, columns), strict=True):
            start, end = window[0], min(window[-1] + 1, n + border)  # as printed
            counts = end - start if counted else min(end, n) - max(start, 0)
            reach = range(-border, n + border) if counted else range(n)
            assert counts == len(set(window) & set(reach))
            divisor *= counts
        added = sum(x[:, :, r, c] for r, c in inside)
        assert_close(sums[:, :, i, j], added)
        assert_close(y[:, :, i, j], added / divisor)


def test_pooling_gives_the_numbers_worked_on_the_page():
    assert max_pool2d(EXAMPLE, 2)[0, 0].tolist() == [[7, 2], [6, 8]]
    assert avg_pool2d(EXAMPLE, 2)[0, 0].tolist() == [[4, 1], [3, 4]]


def test_borders_of_ones_give_the_numbers_worked_on_the_page():
    ones, how = torch.ones(1, 1, 4, 4, dtype=torch.float64), {"stride": 2, "padding": 1}
    assert_close(9 * avg_pool2d(ones, 3, **how)[0, 0], torch.tensor([[4.0, 6], [6, 9]], dtype=torch.float64))
    hanging = 36 * avg_pool2d(ones, 3, **how, ceil_mode=True)[0, 0]
    assert_close(hanging, torch.tensor([[16.0, 24, 12], [24, 36, 18], [12, 18, 9]], dtype=torch.float64))
    for ceil_mode in (True, False):
        assert (avg_pool2d(ones, 3, **how, ceil_mode=ceil_mode, count_include_pad=False) == 1).all()


# torch


@settings(max_examples=400)
@given(geometries(), st.integers(0, 2), st.integers(0, 99), st.sampled_from(["any", "ties", "nan", "-inf"]))
def test_max_pool_agrees_with_torch(geometry, n, seed, kind):
    """In values, in the winners and in gradients; with equal pixels, with NaN and with minus infinity too."""
    size, kernel, stride, padding, dilation, ceil_mode = geometry
    how = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    rng = torch.Generator().manual_seed(seed)
    x = draw(rng, n, 2, *size)
    if kind == "ties":
        x = x.round()
    elif kind != "any":
        x = torch.where(torch.rand(x.shape, generator=rng) < 0.5, float(kind), x)
    x.requires_grad_()
    expected, index = functional.max_pool2d(x, kernel, stride, padding, dilation, ceil_mode, return_indices=True)
    y = max_pool2d(x, kernel, **how)
    assert_close(y, expected, equal_nan=True)
    assert_close(winners(x, kernel, **how), index)
    grad_y = draw(rng, *y.shape)
    (slopes,) = torch.autograd.grad(expected, x, grad_y)
    assert_close(torch.autograd.grad(y, x, grad_y)[0], slopes)
    assert_close(max_pool2d_gradient(grad_y, x.detach(), kernel, **how), slopes)


@settings(max_examples=400)
@given(geometries(dilation=False), st.integers(0, 2), st.integers(0, 99), st.booleans(), st.none() | st.integers(1, 9))
def test_avg_pool_agrees_with_torch(geometry, n, seed, counted, override):
    size, kernel, stride, padding, _, ceil_mode = geometry
    how = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    how |= {"count_include_pad": counted, "divisor_override": override}
    rng = torch.Generator().manual_seed(seed)
    x = draw(rng, n, 2, *size).requires_grad_()
    expected, y = functional.avg_pool2d(x, kernel, **how), avg_pool2d(x, kernel, **how)
    assert_close(y, expected)
    grad_y = draw(rng, *y.shape)
    (slopes,) = torch.autograd.grad(expected, x, grad_y)
    assert_close(torch.autograd.grad(y, x, grad_y)[0], slopes)
    assert_close(avg_pool2d_gradient(grad_y, size, kernel, **how), slopes)


def test_layers_are_those_of_torch(rng):
    x = draw(rng, 2, 3, 9, 8)
    how = {"stride": (2, 3), "padding": (1, 0), "ceil_mode": True}
    pairs = [
        (MaxPool2d((3, 2), **how, dilation=2), torch.nn.MaxPool2d((3, 2), **how, dilation=2)),
        (AvgPool2d((3, 2), **how, count_include_pad=False), torch.nn.AvgPool2d((3, 2), **how, count_include_pad=False)),
        (AvgPool2d(4, divisor_override=3), torch.nn.AvgPool2d(4, divisor_override=3)),
        (MaxPool2d(2), torch.nn.MaxPool2d(2)),
    ]
    for ours, theirs in pairs:
        assert_close(ours(x), theirs(x))
        assert not list(ours.parameters())
        assert ours.load_state_dict(theirs.state_dict())


def test_layers_say_what_they_are():
    assert repr(MaxPool2d(2)) == "MaxPool2d(2, stride=None, padding=0, dilation=1, ceil_mode=False)"
    how = "stride=2, padding=1, ceil_mode=False, count_include_pad=False, divisor_override=None"
    assert repr(AvgPool2d((3, 2), stride=2, padding=1, count_include_pad=False)) == f"AvgPool2d((3, 2), {how})"


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_pooling_keeps_the_type_and_does_not_overflow(dtype, rng):
    x = 1000 * draw(rng, 2, 3, 24, 20, dtype=dtype).abs()  # 480 thousands are too many for half precision
    how = {"stride": 2, "padding": 1, "ceil_mode": True}
    assert_close(max_pool2d(x, 3, **how), functional.max_pool2d(x, 3, **how))
    assert_close(avg_pool2d(x, 3, **how), functional.avg_pool2d(x, 3, **how))
    for y in (avg_pool2d(x, (24, 20))[:, :, 0, 0], global_avg_pool2d(x)):
        assert y.dtype == dtype
        assert_close(y, x.double().mean((2, 3)).to(dtype))
    grad_y = draw(rng, *max_pool2d(x, 3, **how).shape, dtype=dtype)
    by_hand = avg_pool2d_gradient(grad_y, (24, 20), 3, **how)
    assert_close(by_hand, avg_pool2d_gradient(grad_y.double(), (24, 20), 3, **how).to(dtype))
    grad_y = grad_y.round()  # whole numbers add up without error
    by_hand = max_pool2d_gradient(grad_y, x, 3, **how)
    assert_close(by_hand, max_pool2d_gradient(grad_y.double(), x.double(), 3, **how).to(dtype))


def test_more_ones_than_half_precision_can_count():
    ones = torch.ones(1, 1, 50, 50, dtype=torch.bfloat16)  # which has no 2,500 and no 257
    assert avg_pool2d(ones, 50).item() == 1
    assert avg_pool2d_gradient(torch.ones(1, 1, 1, 1), (50, 50), 50).sum() == pytest.approx(1)


def test_pooling_takes_a_view_and_leaves_it_alone(rng):
    x = draw(rng, 7, 3, 6, 2).permute(3, 1, 2, 0)[..., ::2]
    before, how = x.clone(), {"stride": 2, "padding": 1}
    assert_close(max_pool2d(x, 3, **how), functional.max_pool2d(x.contiguous(), 3, **how))
    assert_close(avg_pool2d(x, 3, **how), functional.avg_pool2d(x.contiguous(), 3, **how))
    grad_y = draw(rng, *max_pool2d(x, 3, **how).shape)
    expected = max_pool2d_gradient(grad_y, x.contiguous(), 3, **how)
    assert_close(max_pool2d_gradient(grad_y, x, 3, **how), expected)
    assert_close(x, before)


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_empty_batch(pool):
    x = torch.zeros(0, 3, 5, 5, requires_grad=True)
    y = pool(x, 2)
    assert y.shape == (0, 3, 2, 2)
    assert torch.autograd.grad(y.sum(), x)[0].shape == x.shape


# Laws


@pytest.mark.equation("mean_closest", "random_pixel")
@given(st.lists(st.floats(-100, 100), min_size=4, max_size=4), st.floats(-100, 100))
def test_the_mean_is_the_closest_number_and_a_pixel_twice_as_far(pixels, c):
    x = torch.tensor(pixels, dtype=torch.float64)
    m = avg_pool2d(x.reshape(1, 1, 2, 2), 2).item()
    least = ((x - m) ** 2).sum().item()
    assert ((x - c) ** 2).sum().item() == pytest.approx(least + 4 * (m - c) ** 2, abs=1e-6)
    at_random = sum(((x - pixel) ** 2).sum().item() for pixel in x) / 4
    assert at_random == pytest.approx(2 * least, abs=1e-6)


@pytest.mark.equation("max_commutes")
@pytest.mark.parametrize("function", [torch.relu, torch.exp, torch.tanh, lambda x: 3 * x - 1, torch.floor])
def test_max_commutes_with_what_never_falls(function, rng):
    x = 3 * draw(rng, 2, 3, 7, 8)
    how = {"stride": 2, "padding": 1}
    assert_close(max_pool2d(function(x), 3, **how), function(max_pool2d(x, 3, **how)))


def test_average_does_not_commute_and_max_is_not_linear(rng):
    x, z = draw(rng, 2, 3, 8, 8), draw(rng, 2, 3, 8, 8)
    assert not avg_pool2d(x.relu(), 2).allclose(avg_pool2d(x, 2).relu())
    assert not max_pool2d(x + z, 2).allclose(max_pool2d(x, 2) + max_pool2d(z, 2))
    assert (max_pool2d(x + z, 2) <= max_pool2d(x, 2) + max_pool2d(z, 2)).all()
    assert_close(avg_pool2d(x + z, 2), avg_pool2d(x, 2) + avg_pool2d(z, 2))


def test_global_average_is_one_window_and_torchs_adaptive(rng):
    x = draw(rng, 2, 3, 5, 7)
    assert_close(global_avg_pool2d(x), avg_pool2d(x, (5, 7))[:, :, 0, 0])
    assert_close(global_avg_pool2d(x), functional.adaptive_avg_pool2d(x, 1).flatten(1))


@pytest.mark.equation("pool_operations")
@given(geometries(dilation=False))
def test_operations_are_one_less_than_the_pixels_of_each_window(geometry):
    """Counted where no window leaves the image; otherwise the formula is an upper bound."""
    size, kernel, stride, padding, _, ceil_mode = geometry
    counted, whole = 0, True
    for (_, rows), (_, columns) in places(size, kernel, stride, padding, 1, ceil_mode):
        inside = [(r, c) for r in rows for c in columns if 0 <= r < size[0] and 0 <= c < size[1]]
        counted += len(inside) - 1
        whole &= len(inside) == len(rows) * len(columns)
    y = functional.max_pool2d(torch.zeros(1, 1, *size), kernel, stride, padding, 1, ceil_mode)
    printed = y.shape[2] * y.shape[3] * (kernel[0] * kernel[1] - 1)
    if min(size[0] + 2 * padding[0] - kernel[0], size[1] + 2 * padding[1] - kernel[1]) >= 0:
        assert counted == printed if whole else counted < printed


# Gradients


@pytest.mark.equation("max_pool_gradient")
@GEOMETRY
def test_max_gradient_goes_to_the_winners(size, kernel, stride, padding, dilation, ceil_mode, rng):
    x = draw(rng, 1, 2, *size).round()  # with ties
    how = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    grad_y = draw(rng, *max_pool2d(x, kernel, **how).shape)
    printed = torch.zeros_like(x)
    for c in range(2):
        for (i, rows), (j, columns) in places(size, kernel, stride, padding, dilation, ceil_mode):
            window = [(r, q) for r in rows for q in columns if 0 <= r < size[0] and 0 <= q < size[1]]
            r, q = max(window, key=lambda at: x[0, c, at[0], at[1]])  # the first of equals
            printed[0, c, r, q] += grad_y[0, c, i, j]
    assert_close(max_pool2d_gradient(grad_y, x, kernel, **how), printed)


@pytest.mark.equation("avg_pool_gradient")
@GEOMETRY
def test_avg_gradient_is_shared_by_the_window(size, kernel, stride, padding, dilation, ceil_mode, rng):
    how = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    x = draw(rng, 1, 2, *size)
    y = avg_pool2d(x, kernel, **how)
    grad_y, printed = draw(rng, *y.shape), torch.zeros_like(x)
    divisors = 1 / functional.avg_pool2d(torch.ones_like(x), kernel, **how, divisor_override=1)
    divisors *= functional.avg_pool2d(torch.ones_like(x), kernel, **how)  # 1 / D, from torch
    for (i, rows), (j, columns) in places(size, kernel, stride, padding, 1, ceil_mode):
        for r, q in itertools.product(rows, columns):
            if 0 <= r < size[0] and 0 <= q < size[1]:
                printed[:, :, r, q] += grad_y[:, :, i, j] * divisors[:, :, i, j]
    assert_close(avg_pool2d_gradient(grad_y, size, kernel, **how), printed)


@pytest.mark.parametrize("ceil_mode", [True, False])
def test_gradients_equal_finite_differences(ceil_mode, rng):
    x, h = draw(rng, 1, 2, 6, 5), 1e-6
    how = {"stride": 2, "padding": 1, "ceil_mode": ceil_mode}
    for pool in (max_pool2d, avg_pool2d):
        grad_y = draw(rng, *pool(x, 3, **how).shape)
        slopes = []
        for e in h * torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape):
            slopes.append((grad_y * (pool(x + e, 3, **how) - pool(x - e, 3, **how))).sum() / (2 * h))
        nudged = torch.stack(slopes).reshape(x.shape)
        by_hand = (
            max_pool2d_gradient(grad_y, x, 3, **how)
            if pool is max_pool2d
            else avg_pool2d_gradient(grad_y, (6, 5), 3, **how)
        )
        assert_close(by_hand, nudged, atol=1e-7, rtol=1e-6)


def test_gradcheck(rng):
    x = draw(rng, 1, 2, 5, 4).requires_grad_()
    how = {"stride": (2, 1), "padding": 1, "ceil_mode": True}
    for pool in (max_pool2d, avg_pool2d):
        assert torch.autograd.gradcheck(lambda x, pool=pool: pool(x, 3, **how), x)
        assert torch.autograd.gradgradcheck(lambda x, pool=pool: pool(x, 3, **how), x)


def test_of_equals_the_first_gets_all():
    x, one = torch.tensor([[1.0, 5], [5, 5]])[None, None], torch.ones(1, 1, 1, 1)
    assert winners(x, 2).item() == 1
    assert max_pool2d_gradient(one, x, 2)[0, 0].tolist() == [[0, 1], [0, 0]]


def test_gradients_give_the_numbers_on_the_page():
    x = torch.tensor([[1, 2, 0, 1.0], [0, 9, 3, 3], [4, 1, 0, 3], [4, 0, 2, 5]])[None, None]
    grad_y = torch.tensor([[1.0, 2], [4, 8]])[None, None]
    tiles = max_pool2d_gradient(grad_y, x, 2)[0, 0]
    assert tiles.tolist() == [[0, 0, 0, 0], [0, 1, 2, 0], [4, 0, 0, 0], [0, 0, 0, 8]]
    assert max_pool2d_gradient(grad_y, x, 3, stride=1)[0, 0, 1, 1] == 15
    assert avg_pool2d_gradient(grad_y, (4, 4), 2)[0, 0, 0].tolist() == [0.25, 0.25, 0.5, 0.5]


# Mistakes

PLAIN = as_a_reader_imports_it(dlbook.pooling)
IMAGE, GRADIENT = torch.zeros(2, 3, 6, 7), torch.zeros(2, 3, 3, 3)
CALLS = {
    "winners": lambda **how: PLAIN.winners(IMAGE, **how),
    "max": lambda **how: PLAIN.max_pool2d(IMAGE, **how),
    "average": lambda **how: PLAIN.avg_pool2d(IMAGE, **how),
    "max gradient": lambda **how: PLAIN.max_pool2d_gradient(GRADIENT, IMAGE, **how),
    "average gradient": lambda **how: PLAIN.avg_pool2d_gradient(GRADIENT, (6, 7), **how),
    "max layer": lambda **how: PLAIN.MaxPool2d(**how),
    "average layer": lambda **how: PLAIN.AvgPool2d(**how),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kernel": 0}, "kernel must be an integer of at least 1, got 0"),
        ({"kernel": (2, 2.0)}, "kernel must be an integer of at least 1, got 2.0"),
        ({"kernel": (1, 2, 3)}, r"kernel must be one integer or a pair .* got \(1, 2, 3\)"),
        ({"stride": 0}, "stride must be an integer of at least 1, got 0"),
        ({"stride": True}, "stride must be an integer of at least 1, got True"),
        ({"padding": -1}, "padding must be an integer of at least 0, got -1"),
        ({"padding": 2}, "the padding must be at most half of the kernel: padding 2, kernel 2"),
        ({"kernel": (5, 3), "padding": (2, 2)}, "at most half of the kernel: padding 2, kernel 3"),
    ],
)
def test_numbers_without_sense_are_refused(call, change, message):
    with pytest.raises(ValueError, match=message):
        CALLS[call](**{"kernel": 2, **change})


@pytest.mark.parametrize("call", ["winners", "max", "average", "max gradient", "average gradient"])
def test_a_kernel_wider_than_the_image_is_refused(call):
    message = "kernel 7 with dilation 1 covers 7 pixels, size 6 with padding 0 has 6"
    with pytest.raises(ValueError, match=message):
        CALLS[call](kernel=(7, 2))
    with pytest.raises(ValueError, match=message):
        CALLS[call](kernel=(7, 2), stride=1, ceil_mode=True)


@pytest.mark.parametrize("call", ["winners", "max", "max gradient", "max layer"])
def test_dilation_without_sense_is_refused(call):
    with pytest.raises(ValueError, match="dilation must be an integer of at least 1, got 0"):
        CALLS[call](kernel=2, dilation=0)


@pytest.mark.parametrize("call", ["average", "average gradient", "average layer"])
@pytest.mark.parametrize("value", [0, -2, 1.5, True])
def test_a_divisor_without_sense_is_refused(call, value):
    with pytest.raises(ValueError, match=f"divisor_override must be an integer of at least 1, got {value!r}"):
        CALLS[call](kernel=2, divisor_override=value)


@pytest.mark.parametrize("name", ["size", "kernel", "stride", "padding", "dilation"])
@pytest.mark.parametrize("value", [-1, 2.0, True, "3"])
def test_output_size_refuses_what_is_no_whole_number(name, value):
    with pytest.raises(ValueError, match=rf"{name} must be an integer of at least [01], got {value!r}"):
        PLAIN.output_size(**{"size": 9, "kernel": 3, name: value})


def test_output_size_refuses_what_torch_refuses():
    with pytest.raises(ValueError, match="the padding must be at most half of the kernel: padding 2, kernel 3"):
        output_size(9, 3, padding=2)
    with pytest.raises(ValueError, match="kernel 4 with dilation 3 covers 10 pixels, size 5 with padding 2 has 9"):
        output_size(5, 4, stride=1, padding=2, dilation=3, ceil_mode=True)


def test_a_window_without_a_pixel_is_refused():
    """Where torch returns minus infinity, and sends the gradient to another channel's pixel."""
    message = r"a window of kernel \(1, 2\), dilation \(1, 2\) and padding \(0, 1\) sees no pixel of an image 3 x 1"
    with pytest.raises(ValueError, match=message):
        max_pool2d(torch.zeros(1, 2, 3, 1), (1, 2), stride=1, padding=(0, 1), dilation=(1, 2))


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (torch.zeros(3, 6, 7), r"x must have 4 axes \(images, .*\), got 3: shape \(3, 6, 7\)"),
        (torch.zeros(2, 3, 6, 7, 1), r"x must have 4 axes \(images, .*\), got 5: shape \(2, 3, 6, 7, 1\)"),
        (torch.zeros(2, 0, 6, 7), "the number of channels must be an integer of at least 1, got 0"),
        (torch.zeros(2, 3, 6, 7).long(), "x must hold floating-point numbers, got torch.int64"),
        (torch.zeros(2, 3, 6, 7).cfloat(), "x must hold floating-point numbers, got torch.complex64"),
        ([[[[1.0]]]], "x must hold floating-point numbers, got list"),
    ],
)
def test_tensors_that_do_not_fit_are_refused(x, message):
    for call in (
        lambda: PLAIN.winners(x, 2),
        lambda: PLAIN.max_pool2d(x, 2),
        lambda: PLAIN.avg_pool2d(x, 2),
        lambda: PLAIN.global_avg_pool2d(x),
        lambda: PLAIN.MaxPool2d(2)(x),
        lambda: PLAIN.AvgPool2d(2)(x),
    ):
        with pytest.raises(ValueError, match=message):
            call()


def test_an_image_without_rows_is_refused():
    with pytest.raises(ValueError, match="size must be an integer of at least 1, got 0"):
        PLAIN.max_pool2d(torch.zeros(2, 3, 0, 7), 1)


@pytest.mark.parametrize(
    ("grad_y", "message"),
    [
        (torch.zeros(2, 3, 3, 4), r"grad_y must have the shape of the output, \(2, 3, 3, 3\), got \(2, 3, 3, 4\)"),
        (torch.zeros(3, 3, 3), r"grad_y must have 4 axes \(images, .*\), got 3: shape \(3, 3, 3\)"),
        (torch.zeros(2, 3, 3, 3).long(), "grad_y must hold floating-point numbers, got torch.int64"),
    ],
)
def test_gradients_refuse_what_does_not_fit(grad_y, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.max_pool2d_gradient(grad_y, IMAGE, 2)
    with pytest.raises(ValueError, match=message):
        PLAIN.avg_pool2d_gradient(grad_y, (6, 7), 2)


def test_max_gradient_refuses_another_type_or_device():
    with pytest.raises(ValueError, match=r"grad_y is torch\.float64, x is torch\.float32"):
        PLAIN.max_pool2d_gradient(GRADIENT.double(), IMAGE, 2)
    with pytest.raises(ValueError, match="grad_y is on meta, x is on cpu"):
        PLAIN.max_pool2d_gradient(GRADIENT.to("meta"), IMAGE, 2)
    with pytest.raises(ValueError, match="size must be one integer or a pair"):
        PLAIN.avg_pool2d_gradient(GRADIENT, (6, 7, 8), 2)
