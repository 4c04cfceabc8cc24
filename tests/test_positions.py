"""Positions in attention: against complex numbers, the printed formulas, torch, and the laws on the page."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.nn.functional import cross_entropy, scaled_dot_product_attention
from torch.testing import assert_close

import dlbook.positional_encoding
import dlbook.positions.conventions
import dlbook.positions.model
import dlbook.positions.slopes
import dlbook.positions.stretched
from dlbook.experiment import fit_many, stream
from dlbook.positional_encoding import LearnedPositions, alibi, alibi_slopes, rope
from dlbook.positions import (
    WAYS,
    PlacedModel,
    characters,
    goes_on,
    halves_order,
    makers,
    perplexities,
    released_slopes,
    rope_halves,
    some_windows,
    stretched_places,
    table_rows,
    to_halves,
)

DTYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16]
DOUBLE = {"dtype": torch.float64}


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(11)


def draw(rng, *shape):
    return torch.randn(*shape, generator=rng, dtype=torch.float64)


def turned_by_complex_numbers(x, places, pairs):
    """Each pair of columns, named by their two places, times e to the i p w."""
    y = x.clone()
    for i, (a, b) in enumerate(pairs):
        turn = torch.exp(1j * places.double() * 10000 ** (-2 * i / x.shape[-1]))
        z = torch.complex(x[..., a], x[..., b]) * turn
        y[..., a], y[..., b] = z.real, z.imag
    return y


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


# Two conventions


@given(st.integers(1, 6), st.integers(0, 5000), st.integers(0, 99))
def test_halves_turns_column_i_with_the_column_half_way_on(pairs, start, seed):
    x = draw(torch.Generator().manual_seed(seed), 2, 4, 2 * pairs)
    places = torch.arange(start, start + 4)
    expected = turned_by_complex_numbers(x, places, [(i, i + pairs) for i in range(pairs)])
    assert_close(rope_halves(x, places), expected, rtol=0, atol=1e-8)


def test_halves_turns_by_the_base_it_is_given(rng):
    x = draw(rng, 3, 4)
    assert_close(rope_halves(x, base=1.0)[1, 0], x[1, 0] * math.cos(1) - x[1, 2] * math.sin(1))
    assert not torch.allclose(rope_halves(x, base=7.0), rope_halves(x))


@pytest.mark.equation("rope_conventions")
@given(st.integers(1, 6), st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 99))
def test_the_two_conventions_have_the_same_scores(pairs, p, r, seed):
    q, k = draw(torch.Generator().manual_seed(seed), 2, 2 * pairs)
    places, neighbours = torch.tensor([p, r]), [(2 * i, 2 * i + 1) for i in range(pairs)]
    halves = [(i, i + pairs) for i in range(pairs)]
    evens_first = torch.cat([torch.arange(0, 2 * pairs, 2), torch.arange(1, 2 * pairs, 2)])
    a, b = turned_by_complex_numbers(torch.stack([q, k]), places, neighbours)
    c, d = turned_by_complex_numbers(torch.stack([q, k])[:, evens_first], places, halves)
    assert_close(a @ b, c @ d, rtol=0, atol=1e-8)
    ours = [rope_halves(x[halves_order(2 * pairs)][None], places[i : i + 1])[0] for i, x in enumerate((q, k))]
    assert_close(ours[0] @ ours[1], a @ b, rtol=0, atol=1e-8)


def test_moved_rows_give_the_same_model_and_others_do_not(rng):
    net = PlacedModel(9, 6, 16, 2, 2, "RoPE", generator=rng)
    ids = torch.randint(9, (3, 6), generator=rng)
    expected = net(ids)
    for layer in net.layers:
        layer.attention.turn = rope_halves
    assert not torch.allclose(net(ids), expected, atol=1e-3)
    for layer in net.layers:
        for linear in layer.attention.query, layer.attention.key:
            for part in linear.parameters():
                part.data = to_halves(part.data, 2)
    assert_close(net(ids), expected)


# Slopes


@pytest.mark.equation("alibi_released")
@given(st.integers(1, 70))
def test_slopes_of_the_authors_code_for_any_number_of_heads(heads):
    n = max(2**a for a in range(8) if 2**a <= heads)
    printed = [2 ** (-8 * h / n) if h <= n else 2 ** (-4 * (2 * (h - n) - 1) / n) for h in range(1, heads + 1)]
    assert_close(released_slopes(heads).tolist(), printed)
    if heads == n:
        assert_close(released_slopes(heads), alibi_slopes(heads))


def test_the_slopes_of_twelve_heads():
    eight = [2**-h for h in range(1, 9)]
    assert_close(released_slopes(12).tolist(), [*eight, 2**-0.5, 2**-1.5, 2**-2.5, 2**-3.5])


# Interpolation


@pytest.mark.equation("position_interpolation")
@given(st.integers(2, 12), st.integers(1, 5), st.integers(0, 99))
def test_places_of_a_long_text_are_those_of_a_short_one_times_the_part(length, times, seed):
    places = stretched_places(length * times, times)
    assert_close(places.tolist(), [p * length / (length * times) for p in range(length * times)])
    assert places.max() < length
    x = draw(torch.Generator().manual_seed(seed), length * times, 4)
    expected = turned_by_complex_numbers(x, torch.arange(length * times).double() / times, [(0, 1), (2, 3)])
    assert_close(rope(x, places), expected, rtol=0, atol=1e-8)


@given(st.integers(1, 9), st.sampled_from([1, 2, 4, 2.5]), st.integers(0, 99))
def test_rows_between_rows_are_mixed_of_both(rows, stretch, seed):
    table = draw(torch.Generator().manual_seed(seed), rows, 3)
    length = int(rows * stretch)
    found = table_rows(table, length, stretch)
    for p in range(length):
        low = math.floor(p / stretch)
        part = p / stretch - low
        assert_close(found[p], (1 - part) * table[low] + part * table[min(low + 1, rows - 1)])
    if stretch == 1:
        assert torch.equal(found, table)


# The model


def test_all_ways_start_from_the_same_weights():
    nets = [make(torch.Generator().manual_seed(3)).state_dict() for make in makers(9, 6, 16, 2, 2).values()]
    common = set.intersection(*(set(each) for each in nets))
    assert set(nets[0]) == common
    assert len(nets) == len(WAYS)
    for each in nets[1:]:
        assert all(torch.equal(each[name], nets[0][name]) for name in common)


@pytest.mark.parametrize("way", WAYS)
def test_the_future_does_not_change_the_past(way, rng):
    net = PlacedModel(9, 8, 16, 2, 2, way, generator=rng)
    ids = torch.randint(9, (2, 8), generator=rng)
    edited = ids.clone()
    edited[:, 5] = (ids[:, 5] + 1) % 9
    before, after = net(ids), net(edited)
    assert_close(before[:, :5], after[:, :5])
    assert (before[:, 5:] - after[:, 5:]).abs().amax(-1).min() > 1e-6


@pytest.mark.parametrize("way", WAYS)
def test_which_ways_know_distances_only(way, rng):
    """The second layer's scores would mix in what the mask tells, so one head of the first is asked, without it."""
    net = PlacedModel(9, 8, 16, 2, 1, way, generator=rng).double()
    attention, x = net.layers[0].attention, draw(rng, 1, 3, 16)
    far = torch.tensor([5.0, 6.0, 7.0], **DOUBLE)
    here, there = attention(x, torch.arange(3).double()), attention(x, far)
    if way in ("RoPE", "ALiBi", "none"):
        assert_close(here, there)


@pytest.mark.parametrize("way", ["learned", "sines"])
def test_rows_are_added_to_the_words(way, rng):
    net = PlacedModel(9, 8, 16, 2, 1, way, generator=rng)
    plain = PlacedModel(9, 8, 16, 2, 1, "none")
    plain.load_state_dict(net.state_dict(), strict=False)
    ids = torch.randint(9, (2, 8), generator=rng)
    rows = net.table.weight if way == "learned" else dlbook.positional_encoding.positional_encoding(8, 16)
    x = 4 * net.words[ids] + rows
    for layer in plain.layers:
        x = layer(x, torch.arange(8).double())
    assert_close(net(ids), plain.norm(x) @ net.words.T)
    assert not torch.allclose(net(ids), plain(ids), atol=1e-3)


def test_the_attention_is_that_of_torch_with_the_way_in_its_scores(rng):
    for way in WAYS:
        net = PlacedModel(9, 8, 16, 2, 1, way, generator=rng).double()
        attention, x = net.layers[0].attention, draw(rng, 1, 8, 16)
        q, k, v = (attention._split(f(x)) for f in (attention.query, attention.key, attention.value))
        if way == "RoPE":
            pairs = [(2 * i, 2 * i + 1) for i in range(4)]
            q, k = (turned_by_complex_numbers(each, torch.arange(8), pairs) for each in (q, k))
        scores = q @ k.mT / math.sqrt(8)
        for h in range(2):
            for p in range(8):
                for r in range(8):
                    if way == "ALiBi":
                        scores[0, h, p, r] -= 2 ** (-4 * (h + 1)) * (p - r)
                    if r > p:
                        scores[0, h, p, r] = -math.inf
        expected = attention.output((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))
        assert_close(attention(x, torch.arange(8).double()), expected)


def test_a_stretched_copy_divides_its_places_and_leaves_the_other_alone(rng):
    net = PlacedModel(9, 4, 16, 2, 1, "sines", generator=rng)
    other, ids = net.stretched(2), torch.randint(9, (1, 4), generator=rng)
    assert (net.stretch, other.stretch) == (1.0, 2)
    assert not torch.allclose(net(ids), other(ids), atol=1e-4)
    rows = dlbook.positional_encoding.sinusoids(torch.tensor([0.0, 0.5, 1.0, 1.5]), 16)
    x = other.layers[0](4 * other.words[ids] + rows, torch.arange(4).double() / 2)
    assert_close(other(ids), other.norm(x) @ other.words.T)


# What is measured


def test_the_text_is_that_of_the_corpus_with_common_characters_only():
    ids, many = characters()
    assert ids.unique().tolist() == list(range(many))
    assert ids.bincount().min() > 90  # a sentence is cut where characters are left out, none is added
    data = some_windows(ids, 16, 5)
    assert torch.equal(data.validation.x.flatten(), ids[len(ids) * 8 // 10 :][: 5 * 16])
    assert torch.equal(data.train.x.flatten()[:99], ids[:99])
    assert torch.equal(data.test.y[0], ids[len(ids) * 9 // 10 + 1 :][:16])


def test_perplexity_is_e_to_the_mean_loss_of_windows(rng):
    net = PlacedModel(9, 4, 8, 2, 1, "none", generator=rng)
    ids = torch.randint(9, (14,), generator=rng)
    losses = [cross_entropy(net(ids[None, s : s + 4])[0], ids[s + 1 : s + 5]) for s in (0, 4, 8)]
    found = perplexities(net, ids, [4, 13])
    assert_close(found[0], torch.stack(losses).mean().exp())
    assert_close(found[1], cross_entropy(net(ids[None, :13])[0], ids[1:]).exp())


def test_training_goes_on_from_the_network_of_the_seed(rng):
    nets = [PlacedModel(9, 4, 8, 2, 1, "RoPE", generator=rng) for _ in range(3)]
    make = goes_on(nets, 4)
    for seed, net in enumerate(nets):
        made = make(stream(seed, "start"))
        assert made.stretch == 4
        assert made is not net
        assert all(torch.equal(a, b) for a, b in zip(made.parameters(), net.parameters(), strict=True))
    data = some_windows(torch.randint(9, (900,), generator=rng), 16, 4)
    many = fit_many(make, range(3), data, steps=1, rates=1e-9, loss=lambda s, y: cross_entropy(s.mT, y), metric="loss")
    for seed, net in enumerate(nets):
        assert_close(many.network(seed=seed).words, net.words, rtol=0, atol=1e-6)


# Mistakes

PLAIN = as_a_reader_imports_it(dlbook.positional_encoding)
CONVENTIONS = as_a_reader_imports_it(dlbook.positions.conventions)
STRETCHED = as_a_reader_imports_it(dlbook.positions.stretched)


@pytest.mark.parametrize("d", [1, 7])
def test_rope_refuses_an_odd_width(d):
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


def test_what_has_no_halves_is_refused():
    with pytest.raises(ValueError, match="halves need an even number of columns, got 5"):
        CONVENTIONS.halves_order(5)
    with pytest.raises(ValueError, match="halves need an even number of columns, got 5"):
        CONVENTIONS.rope_halves(torch.zeros(3, 5))
    with pytest.raises(ValueError, match=r"x must hold floating-point numbers, got torch\.int64"):
        CONVENTIONS.rope_halves(torch.zeros(3, 4, dtype=torch.int64))
    with pytest.raises(ValueError, match="2 heads need an even number of rows each, got 6 in all"):
        CONVENTIONS.to_halves(torch.zeros(6, 4), 2)
    with pytest.raises(ValueError, match="4 heads need an even number of rows each, got 6 in all"):
        CONVENTIONS.to_halves(torch.zeros(6, 4), 4)


def test_other_numbers_without_sense_are_refused():
    with pytest.raises(ValueError, match="heads must be an integer of at least 1, got 0"):
        as_a_reader_imports_it(dlbook.positions.slopes).released_slopes(0)
    with pytest.raises(ValueError, match="stretch must be a finite number above 0, got 0"):
        STRETCHED.stretched_places(4, 0)
    with pytest.raises(ValueError, match="4 rows, stretched 2 times, are enough for 8 words, got 9"):
        STRETCHED.table_rows(torch.zeros(4, 3), 9, 2)
    with pytest.raises(ValueError, match="way must be one of none, learned, sines, RoPE, ALiBi, got 'rope'"):
        as_a_reader_imports_it(dlbook.positions.model).PlacedModel(9, 4, 8, 2, 1, "rope")
