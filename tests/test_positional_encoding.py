"""Positional encoding: against arithmetic of fifty digits, against torch, and against the laws on the page."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf
from plain import as_a_reader_imports_it
from torch.nn.functional import scaled_dot_product_attention
from torch.testing import assert_close

import dlbook.positional_encoding
from dlbook.positional_encoding import frequencies, positional_encoding, shift_matrix, sinusoids

DTYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16]
DOUBLE = {"dtype": torch.float64}


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(11)


def draw(rng, *shape):
    return torch.randn(*shape, generator=rng, dtype=torch.float64)


def exact(p, column, d_model, base=10000.0):
    """One number of the encoding, from the formula on the page, with fifty digits."""
    with mp.workdps(50):
        angle = mpf(p) / mpf(base) ** (mpf(2 * (column // 2)) / d_model)
        return float(mp.cos(angle) if column % 2 else mp.sin(angle))


def exact_row(p, d_model, base=10000.0):
    return torch.tensor([exact(p, column, d_model, base) for column in range(d_model)], dtype=torch.float64)


# The formula


@pytest.mark.equation("positional_encoding")
@given(st.integers(0, 100_000), st.integers(1, 40), st.sampled_from([10000.0, 10000, 100.0, 500_000.0, 1, 0.5]))
def test_rows_agree_with_fifty_digits(p, d_model, base):
    tolerance = 2e-10 if base >= 1 else 1e-6 * max(1, p)  # a base below 1 makes fast waves
    row = sinusoids(torch.tensor(p), d_model, base=base, **DOUBLE)
    assert_close(row, exact_row(p, d_model, base), rtol=0, atol=tolerance)


@pytest.mark.equation("positional_encoding")
@pytest.mark.parametrize("d_model", [1, 2, 7, 8])
def test_position_100_000_stands_in_the_table(d_model):
    code = positional_encoding(100_001, d_model, **DOUBLE)
    assert code.shape == (100_001, d_model)
    for p in (0, 1, 99_999, 100_000):
        assert_close(code[p], exact_row(p, d_model), rtol=0, atol=5e-11)


@pytest.mark.parametrize(("dtype", "half_a_unit"), list(zip(DTYPES[1:], [2**-25, 2**-12, 2**-9], strict=True)))
def test_every_dtype_is_rounded_once(dtype, half_a_unit):
    code = positional_encoding(100_001, 6, dtype=dtype)
    assert code.dtype == dtype
    for p in (0, 3, 77, 2048, 65_537, 100_000):
        assert_close(code[p].double(), exact_row(p, 6), rtol=0, atol=half_a_unit + 1e-10)


def test_dtype_and_device_default_to_those_of_new_tensors():
    code = positional_encoding(3, 4)
    assert (code.dtype, code.device) == (torch.float32, torch.device("cpu"))
    assert positional_encoding(3, 4, device="meta").device.type == "meta"
    torch.set_default_dtype(torch.float64)
    try:
        assert positional_encoding(3, 4).dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize(("length", "d_model"), [(0, 4), (1, 1), (5, 3), (0, 5)])
def test_small_and_odd_shapes(length, d_model):
    assert positional_encoding(length, d_model).shape == (length, d_model)


def test_odd_width_keeps_every_column_but_the_last_cosine():
    code = positional_encoding(50, 5, **DOUBLE)
    p = torch.arange(50).double()
    for i in range(3):
        angle = p / 10000 ** (2 * i / 5)
        assert_close(code[:, 2 * i], angle.sin())
        if i < 2:
            assert_close(code[:, 2 * i + 1], angle.cos())


def test_numbers_worked_on_the_page():
    expected = [math.sin(1), math.cos(1), math.sin(0.01), math.cos(0.01)]
    assert_close(positional_encoding(2, 4, **DOUBLE)[1].tolist(), expected)


def test_sinusoids_take_positions_of_any_shape_and_sign():
    positions = torch.tensor([[0.0, -3.5], [2.25, 1e5]], **DOUBLE)
    code = sinusoids(positions, 6, **DOUBLE)
    assert code.shape == (2, 2, 6)
    for index in ((0, 1), (1, 0), (1, 1)):
        assert_close(code[index], exact_row(positions[index].item(), 6), rtol=0, atol=5e-11)
    assert_close(sinusoids(torch.arange(9, dtype=torch.int16), 6), positional_encoding(9, 6))


@pytest.mark.equation("wavelength")
@pytest.mark.parametrize(("d_model", "base"), [(2, 10000.0), (8, 10000.0), (7, 100.0), (512, 10000.0)])
def test_a_pair_repeats_after_its_wavelength_and_not_before(d_model, base):
    for i in range((d_model + 1) // 2):
        wavelength = 2 * math.pi * base ** (2 * i / d_model)
        at = torch.tensor([3, 3 + wavelength, 3 + wavelength / 2], **DOUBLE)
        start, full, half = sinusoids(at, d_model, base=base, **DOUBLE)[:, 2 * i]
        assert_close(full, start)
        assert_close(half, -start)
        assert_close(2 * math.pi / frequencies(d_model, base=base)[i].item(), wavelength)


# Laws


@pytest.mark.equation("order_is_lost")
@given(st.permutations(range(6)), st.integers(0, 99))
def test_attention_without_positions_permutes_with_its_input(order, seed):
    rng = torch.Generator().manual_seed(seed)
    x, w = draw(rng, 6, 4), draw(rng, 3, 4, 4)

    def attend(x):
        q, k, v = x @ w
        scores = q @ k.T / 2
        assert_close((scores.softmax(-1) @ v), scaled_dot_product_attention(q[None], k[None], v[None])[0])
        return scores.softmax(-1) @ v

    permutation = torch.eye(6, **DOUBLE)[list(order)]
    assert_close(attend(permutation @ x), permutation @ attend(x))
    code = positional_encoding(6, 4, **DOUBLE)
    if list(order) != list(range(6)):
        moved = attend(permutation @ x + code) - permutation @ attend(x + code)
        assert moved.abs().max() > 1e-6


@pytest.mark.equation("shift_rotation")
@given(st.integers(-100_000, 100_000), st.integers(-100_000, 100_000), st.integers(1, 20), st.sampled_from([1e4, 50.0]))
def test_a_shift_is_one_matrix_for_all_positions(p, k, pairs, base):
    turn = shift_matrix(k, 2 * pairs, base=base)
    here, there = sinusoids(torch.tensor([p, p + k]), 2 * pairs, base=base, **DOUBLE)
    assert_close(turn @ here, there, rtol=0, atol=2e-10)
    assert_close(turn @ turn.T, torch.eye(2 * pairs, **DOUBLE))
    assert_close(torch.linalg.det(turn).item(), 1.0)


@pytest.mark.equation("shift_rotation")
def test_shift_matrix_has_the_blocks_on_the_page():
    turn = shift_matrix(3, 6)
    for i in range(3):
        a = 3 * 10000 ** (-2 * i / 6)
        block = torch.tensor([[math.cos(a), math.sin(a)], [-math.sin(a), math.cos(a)]], **DOUBLE)
        assert_close(turn[2 * i : 2 * i + 2, 2 * i : 2 * i + 2], block)
        turn[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = 0
    assert not turn.any()


@pytest.mark.equation("encoding_dot")
@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(1, 20))
def test_dot_product_is_a_sum_of_cosines_of_the_distance(p, q, pairs):
    a, b = sinusoids(torch.tensor([p, q]), 2 * pairs, **DOUBLE)
    cosines = sum(math.cos((p - q) * 10000 ** (-i / pairs)) for i in range(pairs))
    assert_close((a @ b).item(), cosines, rtol=0, atol=1e-9)
    assert_close((a @ a).item(), float(pairs))


@pytest.mark.equation("embedding_norm")
@given(st.sampled_from([4, 64, 512]), st.sampled_from([0.1, 1, 3]))
def test_squared_length_is_d_times_the_variance(d, spread):
    rows = spread * torch.randn(4000, d, generator=torch.Generator().manual_seed(d), dtype=torch.float64)
    assert rows.square().sum(1).mean().item() == pytest.approx(d * spread**2, rel=0.05)


# Mistakes

PLAIN = as_a_reader_imports_it(dlbook.positional_encoding)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"length": -1}, "length must be an integer of at least 0, got -1"),
        ({"length": 2.0}, "length must be an integer of at least 0, got 2.0"),
        ({"length": True}, "length must be an integer of at least 0, got True"),
        ({"d_model": 0}, "d_model must be an integer of at least 1, got 0"),
        ({"d_model": "8"}, "d_model must be an integer of at least 1, got '8'"),
        ({"base": 0}, "base must be a finite number above 0, got 0"),
        ({"base": -2.0}, "base must be a finite number above 0, got -2.0"),
        ({"base": math.nan}, "base must be a finite number above 0, got nan"),
        ({"base": math.inf}, "base must be a finite number above 0, got inf"),
        ({"base": True}, "base must be a finite number above 0, got True"),
        ({"base": "10000"}, "base must be a finite number above 0, got '10000'"),
        ({"dtype": torch.int64}, "dtype must be a floating-point type, got torch.int64"),
        ({"dtype": torch.complex64}, "dtype must be a floating-point type, got torch.complex64"),
    ],
)
def test_positional_encoding_refuses_what_has_no_sense(change, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.positional_encoding(**{"length": 5, "d_model": 8, **change})


@pytest.mark.parametrize("dtype", [torch.bool, torch.complex64])
def test_sinusoids_refuse_positions_that_are_no_numbers(dtype):
    with pytest.raises(ValueError, match=f"positions must be numbers, got {dtype}"):
        PLAIN.sinusoids(torch.zeros(3, dtype=dtype), 4)


@pytest.mark.parametrize("d", [1, 7])
def test_what_needs_pairs_refuses_an_odd_width(d):
    with pytest.raises(ValueError, match=f"pairs need an even number of columns, got {d}"):
        PLAIN.shift_matrix(1, d)
