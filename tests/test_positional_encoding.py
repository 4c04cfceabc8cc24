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
from dlbook.positional_encoding import (
    LearnedPositions,
    alibi,
    alibi_slopes,
    frequencies,
    positional_encoding,
    rope,
    shift_matrix,
    sinusoids,
)

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
        assert alibi(3, 4).dtype == torch.float64
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


# Learned positions


def test_learned_positions_equal_a_torch_embedding(rng):
    table, x = LearnedPositions(9, 4, generator=rng).double(), draw(rng, 2, 5, 4).requires_grad_()
    torchs = torch.nn.Embedding(9, 4).double()
    torchs.load_state_dict(table.state_dict())
    expected = x + torchs(torch.arange(5))
    assert_close(table(x), expected)
    grad = draw(rng, 2, 5, 4)
    assert_close(
        torch.autograd.grad(table(x), (x, table.weight), grad),
        torch.autograd.grad(expected, (x, torchs.weight), grad),
    )


# RoPE


@pytest.mark.equation("rope")
@given(st.integers(0, 7), st.integers(1, 6), st.integers(0, 100_000), st.integers(0, 99))
def test_rope_multiplies_complex_numbers(length, pairs, start, seed):
    x = draw(torch.Generator().manual_seed(seed), 2, 3, length, 2 * pairs)
    positions = torch.arange(start, start + length)
    w = torch.tensor([10000 ** (-2 * i / (2 * pairs)) for i in range(pairs)], **DOUBLE)
    turn = torch.polar(torch.ones(length, pairs, **DOUBLE), positions[:, None] * w)
    expected = torch.view_as_real(torch.view_as_complex(x.unflatten(-1, (pairs, 2))) * turn).flatten(-2)
    assert_close(rope(x, positions), expected, rtol=0, atol=1e-8)
    if start == 0:
        assert_close(rope(x), expected)


@pytest.mark.equation("rope_relative")
@given(st.integers(-50_000, 50_000), st.integers(0, 99))
def test_rope_scores_see_the_distance_only(shift, seed):
    rng = torch.Generator().manual_seed(seed)
    q, k, p = draw(rng, 5, 8), draw(rng, 5, 8), torch.tensor([0, 3, 4, 17, 1000])
    here, moved = (rope(q, at) @ rope(k, at).T for at in (p, p + shift))
    assert_close(here, moved, rtol=0, atol=1e-8)
    printed = torch.stack(
        [torch.stack([q[m] @ rope(k[n : n + 1], p[n : n + 1] - p[m])[0] for n in range(5)]) for m in range(5)]
    )
    assert_close(here, printed)


def test_rope_keeps_lengths_and_has_the_right_gradient(rng):
    x = draw(rng, 2, 4, 6).requires_grad_()
    assert_close(rope(x).norm(dim=-1), x.norm(dim=-1))
    assert torch.autograd.gradcheck(rope, x)


@pytest.mark.parametrize("dtype", DTYPES[1:])
def test_rope_rounds_half_precision_once(dtype, rng):
    x, far = draw(rng, 200, 6).to(dtype), torch.arange(60_000, 60_200)
    turned, expected = rope(x, far), rope(x.double(), far)
    assert turned.dtype == dtype
    half_a_unit = torch.finfo(dtype).eps / 2
    slack = 1e-6  # single precision on the way, and the smallest numbers of half
    assert ((turned.double() - expected).abs() <= half_a_unit * expected.abs() + slack).all()


# ALiBi


@pytest.mark.equation("alibi")
@given(st.integers(0, 9), st.integers(1, 12))
def test_alibi_adds_minus_slope_times_distance(length, heads):
    bias = alibi(length, heads, **DOUBLE)
    assert bias.shape == (heads, length, length)
    for h in range(heads):
        for p in range(length):
            for q in range(length):
                printed = -math.inf if q > p else -(2 ** (-8 * (h + 1) / heads)) * (p - q)
                assert_close(bias[h, p, q].item(), printed)


def test_alibi_is_ready_as_a_mask(rng):
    q, k, v = (draw(rng, 2, 4, 6, 8) for _ in range(3))
    scores = q @ k.mT / math.sqrt(8)
    weights = torch.zeros_like(scores)
    for h, slope in enumerate([1 / 4, 1 / 16, 1 / 64, 1 / 256]):
        for p in range(6):
            seen = scores[:, h, p, : p + 1] - slope * torch.arange(p, -1, -1)
            weights[:, h, p, : p + 1] = seen.softmax(-1)
    y = scaled_dot_product_attention(q, k, v, attn_mask=alibi(6, 4, **DOUBLE))
    assert_close(y, weights @ v)


def test_alibi_slopes_are_those_of_the_paper():
    assert alibi_slopes(8).tolist() == [2**-h for h in range(1, 9)]
    sixteen = alibi_slopes(16)
    assert_close(sixteen[0].item(), 2**-0.5)
    assert_close(sixteen[1:] / sixteen[:-1], torch.full((15,), 2**-0.5, **DOUBLE))
    assert alibi(4, 8, dtype=torch.bfloat16).dtype == torch.bfloat16
    assert alibi(4, 8, device="meta").device.type == "meta"


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
    with pytest.raises(ValueError, match=f"pairs need an even number of columns, got {d}"):
        PLAIN.rope(torch.zeros(3, d))


def test_rope_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match=r"positions must hold 3 numbers, one for each row of x, got shape \(4,\)"):
        PLAIN.rope(torch.zeros(3, 4), torch.arange(4))
    with pytest.raises(ValueError, match=r"x must hold floating-point numbers, got torch.int64"):
        PLAIN.rope(torch.zeros(3, 4, dtype=torch.int64))
    with pytest.raises(ValueError, match=r"x must have at least 2 axes \(positions, columns\), got 1: shape \(4,\)"):
        PLAIN.rope(torch.zeros(4))


def test_learned_positions_refuse_what_does_not_fit():
    table = PLAIN.LearnedPositions(5, 4)
    with pytest.raises(ValueError, match="x has 6 positions, the table knows only 5"):
        table(torch.zeros(2, 6, 4))
    with pytest.raises(ValueError, match="x has 1 columns, the table 4"):
        table(torch.zeros(2, 5, 1))
    with pytest.raises(ValueError, match=r"x must have at least 2 axes \(positions, columns\), got 1: shape \(4,\)"):
        table(torch.zeros(4))
    with pytest.raises(ValueError, match="x is on meta, the table is on cpu"):
        table(torch.zeros(2, 5, 4, device="meta"))
    with pytest.raises(ValueError, match="max_length must be an integer of at least 1, got 0"):
        PLAIN.LearnedPositions(0, 4)


def test_alibi_refuses_what_has_no_sense():
    with pytest.raises(ValueError, match="heads must be an integer of at least 1, got 0"):
        PLAIN.alibi(3, 0)
    with pytest.raises(ValueError, match=r"length must be an integer of at least 0, got 2\.5"):
        PLAIN.alibi(2.5, 3)
    with pytest.raises(ValueError, match=r"dtype must be a floating-point type, got torch\.int32"):
        PLAIN.alibi(2, 3, dtype=torch.int32)
