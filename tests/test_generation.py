"""GPT against torch's encoder; writing with the cache against writing without; each way to pick against its definition."""

import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch import nn
from torch.testing import assert_close

import dlbook.rnn.text
import dlbook.transformer.generation
import dlbook.transformer.gpt
import dlbook.transformer.language
from dlbook.rnn.text import Counts, TextModel, choose
from dlbook.transformer.generation import Reading, Sampler, beam, greedy, top_k, top_p, write
from dlbook.transformer.gpt import GPT
from dlbook.transformer.language import LSTMOfWindows, counted, in_windows, next_loss, up_and_down, windows

GENERATION = as_a_reader_imports_it(dlbook.transformer.generation)
LANGUAGE = as_a_reader_imports_it(dlbook.transformer.language)
TEXT = as_a_reader_imports_it(dlbook.rnn.text)


def gpt(tokens=11, longest=12, d=16, heads=4, layers=3, *, seed=0, **options):
    rng = torch.Generator().manual_seed(seed)
    return GPT(tokens, longest, d, heads, layers, generator=rng, **options).double().eval()


def some_ids(*shape, tokens=11, seed=1):
    return torch.randint(tokens, shape, generator=torch.Generator().manual_seed(seed))


# GPT


@pytest.mark.parametrize("training", [True, False])
def test_it_is_torchs_encoder_under_a_causal_mask(training):
    model = gpt().train(training)
    for p in model.parameters():
        p.data = torch.randn(p.shape, generator=torch.Generator().manual_seed(p.numel()), dtype=p.dtype) / 4
    layer = nn.TransformerEncoderLayer(16, 4, 64, dropout=0, activation="gelu", batch_first=True, norm_first=True)
    theirs = nn.TransformerEncoder(layer, 3, norm=nn.LayerNorm(16), enable_nested_tensor=False).double().train(training)
    for ours, other in zip(model.blocks, theirs.layers, strict=True):
        attention, copied = ours.attention, other.self_attn
        for end in ("weight", "bias"):
            maps = [getattr(getattr(attention, name), end) for name in ("query", "key", "value")]
            getattr(copied, f"in_proj_{end}").data = torch.cat(maps)
            getattr(copied.out_proj, end).data = getattr(attention.output, end)
            getattr(other.linear1, end).data = getattr(ours.feed.hidden, end)
            getattr(other.linear2, end).data = getattr(ours.feed.output, end)
            for place, norm in enumerate((other.norm1, other.norm2)):
                getattr(norm, end).data = getattr(ours.norms[place], end)
    theirs.norm.load_state_dict(model.norm.state_dict())
    ids = some_ids(2, 9)
    x = model.rows.weight[ids] * 4 + model.waves[:9]
    mask = nn.Transformer.generate_square_subsequent_mask(9, dtype=torch.float64)
    expected = theirs(x, mask=mask, is_causal=True) @ model.rows.weight.T
    found = model(ids)
    assert_close(found, expected)
    grads = [torch.autograd.grad(y.sin().sum(), model.rows.weight, retain_graph=True)[0] for y in (found, expected)]
    assert_close(*grads)


@pytest.mark.parametrize("training", [True, False])
def test_what_comes_later_changes_nothing_before(training):
    model, ids = gpt().train(training), some_ids(2, 9)
    edited = ids.clone()
    edited[:, 5:] = (ids[:, 5:] + 1) % 11
    one, other = model(ids), model(edited)
    assert torch.equal(one[:, :5], other[:, :5])
    assert (one[:, 5:] != other[:, 5:]).any(-1).all()


def test_places_count():
    model = gpt()
    scores = model(torch.full((1, 6), 3))  # one token, again and again: only the place differs
    assert (scores[0, 1:] - scores[0, :-1]).abs().amax(-1).min() > 1e-3


@pytest.mark.parametrize("parts", [[9], [1] * 9, [4, 1, 1, 3]])
def test_scores_from_the_cache_are_those_of_the_whole(parts):
    model, ids = gpt(), some_ids(3, 9)
    caches = model.new_caches(texts=3)
    with torch.no_grad():
        found = torch.cat([model(part, caches) for part in ids.split(parts, 1)], 1)
        assert_close(found, model(ids))


def test_weights_come_from_the_generator_alone():
    torch.manual_seed(0)
    before = torch.get_rng_state()
    one, other, third = gpt(seed=3), gpt(seed=3), gpt(seed=4)
    assert torch.equal(torch.get_rng_state(), before)
    for (name, p), q in zip(one.named_parameters(), other.parameters(), strict=True):
        assert torch.equal(p, q), name
    assert not torch.equal(one.rows.weight, third.rows.weight)
    d, layers, tokens = 16, 3, 11
    each = 4 * (d * d + d) + (d * 4 * d + 4 * d) + (4 * d * d + d) + 4 * d
    assert sum(p.numel() for p in one.parameters()) == tokens * d + layers * each + 2 * d
    assert "waves" not in one.state_dict()


def test_dropout_is_for_training_only():
    model, ids = gpt(dropout=0.5), some_ids(1, 6)
    assert torch.equal(model(ids), model(ids))
    model.train()
    assert not torch.equal(model(ids), model(ids))


def test_more_than_it_can_see_is_refused():
    model = as_a_reader_imports_it(dlbook.transformer.gpt).GPT(11, 5, 8, 2, 1)
    with pytest.raises(ValueError, match="it can see 5 tokens, got 6"):
        model(some_ids(1, 6))
    caches = model.new_caches()
    with torch.no_grad():
        model(some_ids(1, 4), caches)
        with pytest.raises(ValueError, match="it can see 5 tokens, got 6"):
            model(some_ids(1, 2), caches)
    with pytest.raises(ValueError, match="layers must be an integer of at least 1, got 0"):
        as_a_reader_imports_it(dlbook.transformer.gpt).GPT(11, 5, 8, 2, 0)
    with pytest.raises(ValueError, match="ids go from 0 to 10, got 11"):
        model(torch.tensor([[11]]))


# Written with the cache and without

PICKS = {
    "greedy": lambda: greedy,
    "temperature": lambda: Sampler(torch.Generator().manual_seed(5), 1.3),
    "top-k": lambda: Sampler(torch.Generator().manual_seed(5), k=3),
    "top-p": lambda: Sampler(torch.Generator().manual_seed(5), p=0.8),
}


@pytest.mark.parametrize("longest", [1, 2, 5, 12, 40])
@pytest.mark.parametrize("name", PICKS)
def test_written_with_the_cache_is_written_without(name, longest):
    model, ids = gpt(longest=longest), some_ids(3, 4)
    found = write(model, ids, 30, PICKS[name]())
    assert found.shape == (3, 34)
    assert torch.equal(found[:, :4], ids)
    assert torch.equal(found, write(model, ids, 30, PICKS[name](), cached=False))
    assert len(set(found[0, 4:].tolist())) > 1 or name == "greedy"
    assert torch.equal(write(model, ids, 0), ids)


@pytest.mark.parametrize("longest", [3, 12, 40])
@pytest.mark.parametrize("width", [1, 2, 5, 40])
def test_beams_with_the_cache_are_beams_without(width, longest):
    model, ids = gpt(longest=longest), some_ids(4)
    found, sums = beam(model, ids, 14, width)
    expected, theirs = beam(model, ids, 14, width, cached=False)
    assert torch.equal(found, expected)
    assert_close(sums, theirs)


def test_what_was_written_can_be_learned_from():
    model, ids = gpt(longest=20), some_ids(1, 4)
    for text in (write(model, ids, 6), beam(model, ids[0], 6, 2)[0][:1]):
        next_loss(model(text[:, :-1]), text[:, 1:]).backward()
    assert model.rows.weight.grad.any()


def test_what_is_written_is_what_the_whole_text_says_to_write():
    model, ids = gpt(longest=20), some_ids(2, 4)
    found = write(model, ids, 15)
    assert torch.equal(model(found[:, :-1]).argmax(-1)[:, 3:], found[:, 4:])


def test_a_text_that_is_too_long_goes_on_with_its_last_half():
    model, ids = gpt(longest=6), some_ids(1, 9)
    for cached in (True, False):
        reading = Reading(model, ids, cached=cached)
        with torch.no_grad():
            assert_close(reading.scores(), model(ids[:, 6:])[:, -1])  # the last three of nine
            for token in (1, 2, 3):
                reading.add(torch.tensor([token]))
                assert_close(reading.scores(), model(reading.ids[:, 6:])[:, -1])
            reading.add(torch.tensor([4]))  # a seventh: three are kept
            assert_close(reading.scores(), model(reading.ids[:, 10:])[:, -1])


@pytest.mark.parametrize(("longest", "kept"), [(1, 1), (5, 3), (6, 3)])
def test_the_last_half_is_never_nothing(longest, kept):
    model, ids = gpt(longest=longest), some_ids(1, longest + 1)
    for cached in (True, False):
        with torch.no_grad():
            assert_close(Reading(model, ids, cached=cached).scores(), model(ids[:, -kept:])[:, -1])


def test_kept_rows_go_on_where_they_were():
    model, ids = gpt(), some_ids(3, 4)
    rows = torch.tensor([2, 0, 0, 1, 2])
    reading = Reading(model, ids)
    with torch.no_grad():
        reading.scores()
        reading.keep(rows)
        reading.add(torch.tensor([1, 2, 3, 4, 5]))
        assert_close(reading.scores(), model(reading.ids)[:, -1])
    assert torch.equal(reading.ids[:, :4], ids[rows])


# What is kept


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=9), st.data())
def test_top_k_keeps_the_first_of_equals(scores, data):
    k = data.draw(st.integers(1, len(scores)))
    found = top_k(torch.tensor(scores, dtype=torch.float32), k)
    kept = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:k]
    assert found.tolist() == [s if i in kept else -math.inf for i, s in enumerate(scores)]


def test_the_first_of_thousands_of_equals_are_kept():
    scores = torch.arange(6_000).remainder(3).float()
    kept = (top_k(scores, 2_500) > -math.inf).nonzero().flatten()
    assert torch.equal(kept, torch.cat([torch.arange(1, 1_500, 3), torch.arange(2, 6_000, 3)]).sort().values)
    kept = (top_p(torch.zeros(6_000), 0.25) > -math.inf).nonzero().flatten()
    assert torch.equal(kept, torch.arange(1_500))


def test_top_k_draws_what_choose_draws():
    scores = torch.randn(20, generator=torch.Generator().manual_seed(0)).round(decimals=0)
    for seed, k in itertools.product(range(10), (1, 3, 20)):
        sampler = Sampler(torch.Generator().manual_seed(seed), 0.7, k)
        one = choose(scores, 0.7, torch.Generator().manual_seed(seed), top=k)
        assert int(sampler(scores[None])) == one


SHARES = st.lists(st.integers(0, 6), min_size=1, max_size=8).filter(any)


@pytest.mark.equation("top_p")
@given(SHARES, st.integers(1, 63))
def test_top_p_keeps_the_fewest_that_reach_it(parts, sixty_fourths):
    total = sum(parts)
    scores = torch.tensor([c / total for c in parts], dtype=torch.float64).log()
    found = top_p(scores, sixty_fourths / 64)
    order, kept, together = sorted(range(len(parts)), key=lambda i: (-parts[i], i)), set(), 0
    for i in order:
        if 64 * together >= sixty_fourths * total:  # whole numbers: no rounding
            break
        kept.add(i)
        together += parts[i]
    assert {i for i, s in enumerate(found.tolist()) if s > -math.inf} == {i for i in kept if parts[i]}
    assert torch.equal(found[list(kept)], scores[list(kept)])


@pytest.mark.parametrize(
    ("shares", "p", "kept"),
    [
        ([0.5, 0.3, 0.2], 0.4, [0]),
        ([0.5, 0.3, 0.2], 0.5, [0]),  # reached exactly: nothing more
        ([0.5, 0.3, 0.2], 0.51, [0, 1]),  # the token that crosses is kept
        ([0.5, 0.3, 0.2], 0.8, [0, 1]),
        ([0.2, 0.5, 0.3], 0.81, [0, 1, 2]),
        ([0.25, 0.25, 0.25, 0.25], 0.5, [0, 1]),  # ties: the first
        ([0.1, 0.45, 0.45], 1e-9, [1]),  # never none
        ([0.1, 0.45, 0.45], 1, [0, 1, 2]),
    ],
)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_token_that_crosses_the_threshold_is_kept(shares, p, kept, dtype):
    scores = torch.tensor(shares, dtype=dtype).log()
    found = top_p(scores, p)
    assert (found > -math.inf).nonzero().flatten().tolist() == kept


def test_p_of_1_keeps_even_the_least_probable():
    scores = torch.zeros(300).index_fill(0, torch.tensor([7]), -80.0)
    assert torch.equal(top_p(scores, 1), scores)
    assert Sampler(torch.Generator()).shares(scores[None])[0, 7] > 0


def test_rows_are_narrowed_one_by_one():
    scores = torch.randn(4, 9, generator=torch.Generator().manual_seed(0))
    for narrow in (lambda s: top_k(s, 3), lambda s: top_p(s, 0.7)):
        assert torch.equal(narrow(scores), torch.stack([narrow(row) for row in scores]))


def test_temperature_then_k_then_p():
    scores = torch.tensor([[4.0, 3.0, 2.0, 1.0, 0.0]])
    found = Sampler(torch.Generator(), 2.0, k=4, p=0.75).shares(scores)[0]
    logs = [math.exp(s / 2) for s in (4, 3, 2, 1)]
    shares = [x / sum(logs) for x in logs]
    assert shares[0] + shares[1] < 0.75 < sum(shares[:3])
    expected = [x / sum(logs[:3]) for x in logs[:3]]
    assert_close(found, torch.tensor([*expected, 0, 0], dtype=torch.float64))
    assert Sampler(torch.Generator(), k=99).shares(scores).shape == (1, 5)


def test_draws_are_as_frequent_as_they_should_be():
    scores = torch.tensor([2.0, 1.0, 0.0, -1.0]).expand(40_000, 4)
    sampler = Sampler(torch.Generator().manual_seed(0), k=3)
    drawn = sampler(scores)
    shares = sampler.shares(scores[:1])[0]
    found = drawn.bincount(minlength=4) / len(drawn)
    assert found[3] == 0
    assert_close(found.double(), shares, atol=0.01, rtol=0)  # four standard deviations


def test_temperature_0_is_greedy():
    scores = torch.tensor([[1.0, 3.0, 3.0], [2.0, 2.0, 1.0]])
    assert Sampler(torch.Generator(), 0)(scores).tolist() == greedy(scores).tolist() == [1, 0]


# Beam


def log_probability(model, text, known):
    logs = model(text[None, :-1]).detach().log_softmax(-1)[0]
    return sum(float(logs[t, text[t + 1]]) for t in range(known - 1, len(text) - 1))


def test_a_beam_of_one_is_greedy():
    model, ids = gpt(longest=20), some_ids(4)
    assert torch.equal(beam(model, ids, 12, 1)[0], write(model, ids[None], 12))


def test_a_beam_wide_enough_finds_the_best_of_all():
    model, ids = gpt(tokens=4), some_ids(3, tokens=4)
    for p in model.parameters():
        p.data *= 2
    found, sums = beam(model, ids, 4, 4**3)
    every = [torch.cat([ids, torch.tensor(more)]) for more in itertools.product(range(4), repeat=4)]
    logs = sorted((log_probability(model, text, 3) for text in every), reverse=True)
    assert_close(sums, torch.tensor(logs[:64], dtype=torch.float64))
    best = max(every, key=lambda text: log_probability(model, text, 3))
    assert torch.equal(found[0], best)


@pytest.mark.equation("beam_sum")
def test_sums_are_those_of_the_texts_and_fall():
    model, ids = gpt(longest=20), some_ids(4)
    found, sums = beam(model, ids, 9, 5)
    assert found.shape == (5, 13)
    assert len({tuple(text) for text in found.tolist()}) == 5
    for text, total in zip(found, sums.tolist(), strict=True):
        assert log_probability(model, text, 4) == pytest.approx(total)
    assert sums.tolist() == sorted(sums.tolist(), reverse=True)


# Mistakes


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: TEXT.top_k(torch.zeros(3), 0), "k must be an integer from 1 to 3, got 0"),
        (lambda: TEXT.top_k(torch.zeros(3), 4), "k must be an integer from 1 to 3, got 4"),
        (
            lambda: TEXT.top_k(torch.zeros(3).long(), 1),
            "scores must hold floating-point numbers, got torch.int64",
        ),
        (lambda: GENERATION.top_p(torch.zeros(3), 0), "p must be a finite number above 0 and at most 1, got 0"),
        (lambda: GENERATION.top_p(torch.zeros(3), 1.1), "p must be a finite number above 0 and at most 1, got 1.1"),
        (lambda: GENERATION.Sampler(None, -1), "temperature must be a finite number of at least 0, got -1"),
        (lambda: GENERATION.Sampler(None, k=0), "k must be an integer of at least 1, got 0"),
        (lambda: GENERATION.Sampler(None, p=2), "p must be a finite number above 0 and at most 1, got 2"),
        (lambda: GENERATION.write(gpt(), some_ids(1, 0), 1), "to start from must be an integer of at least 1, got 0"),
        (lambda: GENERATION.write(gpt(), some_ids(1, 2), -1), "more must be an integer of at least 0, got -1"),
        (lambda: GENERATION.beam(gpt(), some_ids(2), 1, 0), "width must be an integer of at least 1, got 0"),
        (lambda: LANGUAGE.windows(torch.arange(3), 3), "a window of 3 needs 4 tokens, got 3"),
        (lambda: LANGUAGE.windows(torch.arange(3), 0), "length must be an integer of at least 1, got 0"),
    ],
)
def test_senseless_numbers_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# Windows, and who else reads them


def test_windows_are_the_text_in_pieces():
    x, y = windows(torch.arange(100), 8)
    assert x.shape == y.shape == (12, 8)
    assert torch.equal(x.flatten(), torch.arange(96))
    assert torch.equal(y, x + 1)
    data = in_windows(torch.arange(1_000), 8)
    assert data.train.y.max() < 800 <= data.validation.x.min()
    assert data.validation.y.max() < 900 <= data.tested.x.min()


def test_counts_of_windows_see_no_more_than_the_window():
    text = some_ids(400, tokens=3)
    counts = Counts(text[:300], 3, back=4, trust=2)
    part = windows(text[300:], 9)
    logs = []
    for x, y in zip(part.x.tolist(), part.y.tolist(), strict=True):
        whole = [*x, y[-1]]
        logs += [math.log(counts.probability(tuple(whole[max(0, t - 4) : t]), whole[t])) for t in range(1, 10)]
    assert counted(counts, part) == pytest.approx(math.exp(-sum(logs) / len(logs)))


def test_the_lstm_of_windows_is_the_text_model():
    torch.manual_seed(0)
    model, ids = LSTMOfWindows(5, 3, 4), some_ids(2, 6, tokens=5)
    assert torch.equal(model(ids), TextModel.forward(model, ids)[0])


@pytest.mark.equation("generation_chain")
def test_the_probabilities_of_all_texts_are_one_and_the_loss_is_that_of_the_product():
    model, begin = gpt(tokens=3), some_ids(1, tokens=3)
    every = torch.tensor(list(itertools.product(range(3), repeat=5)))
    texts = torch.cat([begin.expand(len(every), 1), every], 1)
    with torch.no_grad():
        shares = model(texts[:, :-1]).softmax(-1)
        product = shares.gather(-1, texts[:, 1:, None])[..., 0].prod(1)
        loss = next_loss(model(texts[:1, :-1]), texts[:1, 1:])
    assert float(product.sum()) == pytest.approx(1)
    assert float(product[0]) == pytest.approx(math.exp(-5 * float(loss)))


def test_the_loss_is_the_mean_of_all_tokens_and_the_rate_goes_up_and_down():
    scores, y = torch.randn(2, 3, 5, generator=torch.Generator().manual_seed(0)), some_ids(2, 3, tokens=5)
    logs = scores.log_softmax(-1)
    expected = -sum(logs[i, t, y[i, t]] for i in range(2) for t in range(3)) / 6
    assert_close(next_loss(scores, y), expected)
    factors = [up_and_down(part / 100) for part in range(100)]
    assert factors[10] == max(factors) == pytest.approx(1)
    assert factors[:11] == sorted(factors[:11])
    assert factors[10:] == sorted(factors[10:], reverse=True)
    assert 0 < factors[-1] < 0.02
    assert 0 < factors[0] < 0.1
