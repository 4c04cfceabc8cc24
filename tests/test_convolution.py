"""Convolution: what a shift asks of a dense layer, sizes, sliding, and what a value has seen."""

import itertools
import math

import pytest
import torch
from convolving import CONVOLUTIONS, draw
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from scipy.linalg import circulant, null_space
from scipy.signal import convolve2d
from torch.nn import functional
from torch.testing import assert_close

import dlbook.convolution
from dlbook.convolution import conv2d, output_size, receptive_field
from dlbook.data import photo

pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(20)


# From the dense layer


@pytest.mark.equation("shared_weights")
@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_what_moves_along_shares_its_weights_and_nothing_else_does(n, rng):
    shift = torch.eye(n, dtype=torch.float64).roll(1, dims=0)
    x, w = draw(rng, n).detach(), draw(rng, n).detach()
    assert_close(shift @ x, torch.stack([x[i - 1] for i in range(n)]))
    printed = torch.stack([torch.stack([w[(j - i) % n] for j in range(n)]) for i in range(n)])
    assert_close(printed @ shift, shift @ printed)
    assert_close(printed, torch.from_numpy(circulant(w.numpy())).T)
    y = [sum(w[u] * x[(i + u) % n] for u in range(n)) for i in range(n)]
    assert_close(printed @ x, torch.stack(y))
    # all solutions of W S = S W, rows of W one after the other: as many as printed ones, and each is one of them
    eye = torch.eye(n, dtype=torch.float64)
    free = torch.from_numpy(null_space((torch.kron(eye, shift.T.contiguous()) - torch.kron(shift, eye)).numpy()))
    assert free.shape[1] == n
    for solution in free.T.reshape(n, n, n):
        assert all(solution[i, j] == pytest.approx(solution[0, (j - i) % n].item()) for i in range(n) for j in range(n))


@pytest.mark.equation("shared_weights")
def test_the_ring_of_four_gives_the_numbers_worked_on_the_page():
    column = torch.tensor([-1, 0, 0, 1])
    matrix = torch.stack([column.roll(j) for j in range(4)], dim=1)
    assert matrix.tolist() == [[-1, 1, 0, 0], [0, -1, 1, 0], [0, 0, -1, 1], [1, 0, 0, -1]]
    assert (matrix @ torch.tensor([3, 3, 9, 9])).tolist() == [0, 6, 0, -6]


def test_a_ring_along_both_axes_is_a_convolution_with_circular_padding(rng):
    x, w = draw(rng, 1, 1, 5, 6), draw(rng, 1, 1, 3, 3)
    ring = functional.pad(x, (0, 2, 0, 2), mode="circular")
    moved = conv2d(functional.pad(x.roll((2, 3), dims=(2, 3)), (0, 2, 0, 2), mode="circular"), w)
    assert_close(moved, conv2d(ring, w).roll((2, 3), dims=(2, 3)))


def test_the_first_picture_has_the_signs_that_its_text_says():
    image = photo("china", width=96).mean(0).mul(100).round()
    kernel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    at = [(kernel * image[r : r + 3, c : c + 3]).sum().item() for r, c in [(5, 30), (17, 13), (2, 75)]]
    assert at == [204, -282, 0]
    assert at[0] == (80 + 2 * 85 + 87) - (28 + 2 * 24 + 57)
    assert at[1] == (25 + 2 * 8 + 12) - (84 + 2 * 84 + 83)


# Sizes


@pytest.mark.equation("output_size")
@given(st.integers(1, 40), st.integers(1, 7), st.integers(1, 5), st.integers(0, 4), st.integers(1, 4))
def test_output_size_counts_the_starts_of_windows(n, k, s, p, d):
    starts = [start for start in range(0, n + 2 * p, s) if start + d * (k - 1) < n + 2 * p]
    if not starts:
        with pytest.raises(ValueError, match=f"kernel {k} with dilation {d} covers {d * (k - 1) + 1} pixels"):
            output_size(n, k, stride=s, padding=p, dilation=d)
        return
    assert output_size(n, k, stride=s, padding=p, dilation=d) == len(starts)
    assert math.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1 == len(starts)


@pytest.mark.parametrize(
    ("n", "k", "s", "p", "d", "o"),
    [(6, 3, 1, 0, 1, 4), (6, 3, 1, 1, 1, 6), (8, 3, 2, 0, 1, 3), (7, 3, 1, 0, 2, 3), (227, 11, 4, 0, 1, 55)],
)
def test_output_size_gives_the_numbers_worked_on_the_page(n, k, s, p, d, o):
    assert output_size(n, k, stride=s, padding=p, dilation=d) == o


@pytest.mark.equation("same_padding")
@pytest.mark.parametrize(("k", "d"), list(itertools.product(range(1, 6), range(1, 4))))
def test_same_padding_keeps_the_size_with_the_odd_zero_at_the_end(k, d, rng):
    left = d * (k - 1) // 2
    right = d * (k - 1) - left
    x, w = draw(rng, 1, 1, 1, 9), draw(rng, 1, 1, 1, k)
    y = conv2d(x, w, padding="same", dilation=d)
    assert y.shape == x.shape
    assert_close(y, functional.conv2d(functional.pad(x, (left, right)), w, dilation=d))
    assert_close(y, functional.conv2d(x, w, padding="same", dilation=d))


@pytest.mark.equation("unread_pixels")
@given(st.integers(1, 20), st.integers(1, 4), st.integers(1, 5), st.integers(0, 2), st.integers(1, 3))
def test_unread_pixels_are_those_behind_the_last_window(n, k, s, p, d):
    rest = n + 2 * p - d * (k - 1) - 1
    if rest < 0:
        return
    padded = torch.zeros(1, 1, 1, n + 2 * p, requires_grad=True)
    (reads,) = torch.autograd.grad(conv2d(padded, torch.ones(1, 1, 1, k), stride=s, dilation=d).sum(), padded)
    assert n + 2 * p - 1 - reads.flatten().nonzero().max() == rest % s


# Values


@pytest.mark.equation("cross_correlation")
def test_four_loops_give_the_numbers_worked_on_the_page():
    x = torch.tensor([[1.0, 2, 0, 1], [0, 1, 3, 1], [2, 1, 0, 0], [1, 0, 2, 1]])
    w = torch.tensor([[1.0, 0, -1], [2, 1, 0], [0, 0, -1]])
    y = [[sum(w[u, v] * x[i + u, j + v] for u in range(3) for v in range(3)) for j in range(2)] for i in range(2)]
    assert y == [[2, 6], [0, 1]]
    assert_close(conv2d(x[None, None], w[None, None])[0, 0], torch.tensor(y))


@pytest.mark.equation("true_convolution")
def test_true_convolution_flips_the_kernel(rng):
    x, w = draw(rng, 6, 5).detach(), draw(rng, 3, 3).detach()
    y = torch.zeros(4, 3, dtype=x.dtype)
    for i, j, u, v in itertools.product(range(4), range(3), range(3), range(3)):
        y[i, j] += w[3 - 1 - u, 3 - 1 - v] * x[i + u, j + v]
    assert_close(y, torch.from_numpy(convolve2d(x.numpy(), w.numpy(), mode="valid")))
    assert_close(conv2d(x[None, None], w.flip(0, 1)[None, None])[0, 0], y)


@pytest.mark.equation("equivariance")
@pytest.mark.parametrize(("s", "t", "d"), [(1, 1, 1), (1, 3, 2), (2, 2, 1), (3, 1, 2)])
@CONVOLUTIONS
def test_conv2d_moves_with_the_image(convolution, s, t, d, rng):
    x, w = draw(rng, 1, 2, 20, 20), draw(rng, 3, 2, 3, 3)
    moved = functional.pad(x, (s * t, 0, s * t, 0))[..., :20, :20]
    y, y_moved = (convolution(image, w, stride=s, dilation=d) for image in (x, moved))
    assert_close(y_moved[..., t:, t:], y[..., :-t, :-t])


# Receptive field


@pytest.mark.equation("receptive_field")
@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 2), st.integers(1, 2)), max_size=4))
def test_receptive_field_is_the_span_of_pixels_that_matter(layers):
    printed = 1 + sum(
        d * (k - 1) * math.prod(stride for _, stride, _ in layers[:depth]) for depth, (k, _, d) in enumerate(layers)
    )
    assert receptive_field(layers) == printed
    x = torch.zeros(1, 1, 1, printed, dtype=torch.float64, requires_grad=True)
    y = x
    for k, s, d in layers:
        y = conv2d(y, torch.ones(1, 1, 1, k, dtype=x.dtype), stride=(1, s), dilation=(1, d))
    assert y.numel() == 1  # an image just as wide as the field has one value behind the last layer
    (reads,) = torch.autograd.grad(y.sum(), x)
    assert reads[..., 0] > 0
    assert reads[..., -1] > 0


def test_receptive_field_takes_short_layers():
    assert receptive_field([]) == 1
    assert receptive_field([3, (3, 2), (3, 1, 1)]) == 9


# Mistakes

PLAIN_SIZES = as_a_reader_imports_it(dlbook.convolution.sizes)


@pytest.mark.parametrize("name", ["size", "kernel", "stride", "padding", "dilation"])
@pytest.mark.parametrize("value", [-1, 2.0, True, "3", None])
def test_output_size_refuses_what_is_no_whole_number(name, value):
    numbers = {"size": 9, "kernel": 3, name: value}
    with pytest.raises(ValueError, match=rf"{name} must be an integer of at least [01], got {value!r}"):
        PLAIN_SIZES.output_size(**numbers)


@pytest.mark.parametrize("word", ["same", "valid"])
def test_output_size_takes_no_word_for_the_padding(word):
    with pytest.raises(ValueError, match=f"padding along one axis must be an integer of at least 0, got '{word}'"):
        PLAIN_SIZES.output_size(9, 3, padding=word)


@pytest.mark.parametrize("name", ["size", "kernel", "stride", "dilation"])
def test_output_size_refuses_zero(name):
    with pytest.raises(ValueError, match=f"{name} must be an integer of at least 1, got 0"):
        output_size(**{"size": 9, "kernel": 3, name: 0})


def test_output_size_refuses_a_kernel_wider_than_the_padded_axis():
    with pytest.raises(ValueError, match="kernel 4 with dilation 3 covers 10 pixels, size 5 with padding 2 has 9"):
        output_size(5, 4, padding=2, dilation=3)


@pytest.mark.parametrize("layer", [(), (3, 1, 1, 1), (3, 0), 0, (2.0,), "33333"])
def test_receptive_field_refuses_what_is_no_layer(layer):
    with pytest.raises(ValueError, match=r"a layer is|must be an integer of at least 1"):
        PLAIN_SIZES.receptive_field([layer])
