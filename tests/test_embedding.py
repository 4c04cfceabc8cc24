"""Embedding and word vectors: the product against the look-up against torch, and the laws of the page."""

import itertools
import math
from pydoc_data.topics import topics

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.nn import functional
from torch.testing import assert_close

import dlbook.embedding
import dlbook.embedding.softmax
import dlbook.embedding.vectors
from dlbook.data import corpus
from dlbook.embedding import Embedding, cosine_similarity, embed_one_hot, lookup, lookup_gradient, nearest
from dlbook.embedding.softmax import skip_gram_softmax_gradient, skip_gram_softmax_loss
from dlbook.embedding.vectors import co_occurrences, factorise, negative_sampling_loss, pairs, ppmi, skip_gram_loss
from dlbook.vocabulary import SPECIALS, Vocabulary, running_text, tokenize

SHAPES = st.lists(st.integers(0, 3), max_size=3)


PLAIN = as_a_reader_imports_it(dlbook.embedding.lookups)
PLAIN_SOFTMAX = as_a_reader_imports_it(dlbook.embedding.softmax)
PLAIN_VECTORS = as_a_reader_imports_it(dlbook.embedding.vectors)


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(21)


def draw(rng, *shape, dtype=torch.float64):
    return torch.randn(*shape, generator=rng, dtype=torch.float64).to(dtype)


def made(shape, rows, d, seed):
    g = torch.Generator().manual_seed(seed)
    return draw(g, rows, d), torch.randint(rows, shape, generator=g), draw(g, *shape, d)


# Look-up and product


@pytest.mark.equation("embedding_column")
@given(st.integers(1, 7), st.integers(1, 5), st.data())
def test_matrix_times_one_hot_column_is_a_column(size, d, data):
    k = data.draw(st.integers(0, size - 1))
    matrix = draw(torch.Generator().manual_seed(k), d, size)
    e = [float(j == k) for j in range(size)]
    x = [sum(matrix[i, j].item() * e[j] for j in range(size)) for i in range(d)]
    assert x == matrix[:, k].tolist()
    assert_close(lookup(matrix.T, torch.tensor(k)), torch.tensor(x, dtype=torch.float64))


@pytest.mark.equation("embedding_row")
@given(SHAPES, st.integers(1, 6), st.integers(1, 4), st.integers(0, 99))
def test_product_look_up_and_torch_agree_in_value_and_gradient(shape, rows, d, seed):
    weight, ids, grad_y = made(shape, rows, d, seed)
    results = []
    for how in (lookup, embed_one_hot, lambda w, i: functional.embedding(i, w)):
        w = weight.clone().requires_grad_()
        y = how(w, ids)
        results.append((y.detach(), torch.autograd.grad(y, w, grad_y)[0]))
    for y, slopes in results[:2]:
        assert_close(y, results[2][0])
        assert_close(slopes, results[2][1])
    for place in itertools.product(*map(range, shape)):
        assert_close(results[0][0][place], weight[int(ids[place])])


@pytest.mark.equation("embedding_gradient")
@given(SHAPES, st.integers(1, 6), st.integers(1, 4), st.integers(0, 99))
def test_gradient_sums_over_the_places_of_a_token(shape, rows, d, seed):
    weight, ids, grad_y = made(shape, rows, d, seed)
    expected = torch.zeros(rows, d, dtype=torch.float64)
    for place in itertools.product(*map(range, shape)):
        for j in range(rows):
            expected[j] += (int(ids[place]) == j) * grad_y[place]
    assert_close(lookup_gradient(grad_y, ids, rows), expected)
    w = weight.requires_grad_()
    assert_close(torch.autograd.grad(lookup(w, ids), w, grad_y)[0], expected)
    table = functional.one_hot(ids.flatten(), rows).double()
    assert_close(table.T @ grad_y.reshape(-1, d), expected)


def test_gradient_equals_finite_differences(rng):
    weight, ids, grad_y = made([2, 3], 5, 2, 4)
    slopes = []
    for e in 1e-6 * torch.eye(weight.numel(), dtype=torch.float64):
        up, down = (lookup(weight + sign * e.reshape(5, 2), ids) for sign in (1, -1))
        slopes.append((grad_y * (up - down)).sum() / 2e-6)
    assert_close(lookup_gradient(grad_y, ids, 5), torch.stack(slopes).reshape(5, 2), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
@pytest.mark.parametrize("kind", [torch.uint8, torch.int16, torch.int32, torch.int64])
def test_all_types_behave_as_torchs(dtype, kind, rng):
    weight = draw(rng, 7, 3, dtype=dtype).requires_grad_()
    ids = torch.tensor([[6, 0, 3], [3, 3, 1]], dtype=kind).T  # a view
    expected = functional.embedding(ids.long(), weight)
    grad_y = draw(rng, 3, 2, 3, dtype=dtype)
    slopes = torch.autograd.grad(expected, weight, grad_y)[0]
    for how in (lookup, embed_one_hot):
        y = how(weight, ids)
        assert y.dtype == dtype
        assert_close(y, expected)
        assert_close(torch.autograd.grad(y, weight, grad_y)[0], slopes, rtol=0.02, atol=1e-6)
    exact = lookup_gradient(grad_y.double(), ids, 7)
    assert_close(lookup_gradient(grad_y, ids, 7), exact.to(dtype))


def test_gradient_of_many_uses_is_summed_in_single_precision():
    ids = torch.zeros(5000, dtype=torch.int64)
    ones = torch.ones(5000, 1, dtype=torch.float16)
    assert lookup_gradient(ones, ids, 1).item() == 5000  # half precision alone would stop at 2048


def test_the_weight_may_be_a_view_and_nothing_is_changed(rng):
    weight, ids = draw(rng, 3, 8)[:, ::2].T, torch.tensor([1, 0, 1])
    before = weight.clone(), ids.clone()
    assert_close(lookup(weight, ids), functional.embedding(ids, weight.contiguous()))
    lookup_gradient(draw(rng, 3, 3), ids, 4)
    assert_close((weight, ids), before)


# The layer


def test_layer_is_torchs_with_the_same_weights(rng):
    ours, theirs = Embedding(9, 4, generator=rng).double(), torch.nn.Embedding(9, 4).double()
    theirs.load_state_dict(ours.state_dict())
    ids = torch.randint(9, (3, 5), generator=rng)
    assert_close(ours(ids), theirs(ids))
    ours.load_state_dict(torch.nn.Embedding(9, 4).state_dict())
    assert repr(ours) == "Embedding(9, 4)"
    assert repr(Embedding(9, 4, padding_idx=2)) == "Embedding(9, 4, padding_idx=2)"


@given(st.integers(0, 4), st.integers(0, 99))
def test_filler_has_torchs_values_and_no_gradient(filler, seed):
    g = torch.Generator().manual_seed(seed)
    ours = Embedding(5, 3, padding_idx=filler, generator=g).double()
    theirs = torch.nn.Embedding(5, 3, padding_idx=filler).double()
    assert ours.weight[filler].tolist() == theirs.weight[filler].tolist() == [0, 0, 0]
    ours.weight.data[filler] = 7  # as a loaded weight may have it
    theirs.load_state_dict(ours.state_dict())
    ids, grad_y = torch.randint(5, (4, 6), generator=g), draw(g, 4, 6, 3)
    assert_close(ours(ids), theirs(ids))
    for layer in (ours, theirs):
        layer(ids).backward(grad_y)
    assert_close(ours.weight.grad, theirs.weight.grad)
    assert ours.weight.grad[filler].tolist() == [0, 0, 0]


def test_weights_come_from_the_generator():
    one, same, other = (Embedding(200, 50, generator=torch.Generator().manual_seed(s)).weight for s in (1, 1, 2))
    assert_close(one, same)
    assert not one.equal(other)
    assert one.mean().item() == pytest.approx(0, abs=0.05)
    assert one.std().item() == pytest.approx(1, abs=0.05)


# Similarity


@pytest.mark.equation("cosine_similarity")
@given(st.integers(0, 5), st.integers(1, 5), st.integers(0, 99))
def test_cosine_is_torchs_and_the_formula(n, d, seed):
    g = torch.Generator().manual_seed(seed)
    x, y = draw(g, n, d), draw(g, 3, d)
    y[0] = 0
    table = cosine_similarity(x, y)
    assert_close(table, functional.cosine_similarity(x[:, None], y[None], dim=-1))
    for i, j in itertools.product(range(n), range(1, 3)):
        a, b = x[i].tolist(), y[j].tolist()
        assert table[i, j].item() == pytest.approx(
            sum(p * q for p, q in zip(a, b, strict=True)) / (math.hypot(*a) * math.hypot(*b))
        )
    assert not table[:, 0].any()
    assert_close(cosine_similarity(300 * x, y / 7), table)
    assert (table.abs() <= 1 + 1e-12).all()


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_cosine_does_not_overflow(dtype, rng):
    x = draw(rng, 4, 6, dtype=dtype) * 1000
    assert cosine_similarity(x, x).dtype == dtype
    assert_close(cosine_similarity(x, x), cosine_similarity(x.double(), x.double()).to(dtype))


def test_cosine_of_the_page():
    x = torch.tensor([[3.0, 4], [0, 2]], dtype=torch.float64)
    assert cosine_similarity(x, x)[0, 1].item() == pytest.approx(0.8)


def test_nearest_leaves_out_itself_and_special_rows():
    weight = torch.tensor([[1.0, 0], [1, 0], [1, 0.1], [0, 1], [-1, 0], [1, 0]])
    assert nearest(weight, 0, 9) == [1, 5, 2, 3, 4]
    assert nearest(weight, 0, 2, first=2) == [5, 2]
    assert nearest(weight, 3, 1) == [2]


# Word vectors


@given(st.lists(st.integers(0, 6), max_size=12), st.integers(1, 5), st.integers(0, 3))
def test_pairs_are_all_neighbours_both_ways(ids, window, first):
    expected = [
        (ids[i], ids[j])
        for i, j in itertools.product(range(len(ids)), repeat=2)
        if 0 < abs(i - j) <= window and min(ids[i], ids[j]) >= first
    ]
    found = pairs(torch.tensor(ids, dtype=torch.int64), window, first=first)
    assert sorted(map(tuple, found.tolist())) == sorted(expected)
    counts = co_occurrences(found, 7)
    assert counts.tolist() == [[expected.count((i, j)) for j in range(7)] for i in range(7)]


@pytest.mark.equation("ppmi")
@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=4, max_size=4))
def test_ppmi_is_the_formula_on_the_page(rows):
    counts = torch.tensor(rows, dtype=torch.float64)
    total, table = counts.sum().item(), ppmi(counts)
    for i, j in itertools.product(range(4), repeat=2):
        c, ci, cj = counts[i, j].item(), counts[i].sum().item(), counts[:, j].sum().item()
        expected = max(0, math.log(c * total / (ci * cj))) if c else 0
        assert table[i, j].item() == pytest.approx(expected, abs=1e-12)


def test_ppmi_of_a_text_of_chance_is_zero():
    rows, columns = torch.tensor([1.0, 2, 5]), torch.tensor([3.0, 1, 4])
    assert_close(ppmi(rows[:, None] * columns), torch.zeros(3, 3), atol=1e-6, rtol=0)


@pytest.mark.equation("svd_error")
@given(st.integers(1, 6), st.integers(0, 99))
def test_what_is_lost_are_the_weaker_directions(d, seed):
    matrix = draw(torch.Generator().manual_seed(seed), 6, 6)
    matrix = matrix + matrix.T
    values = torch.linalg.eigvalsh(matrix).abs().sort(descending=True).values
    vectors = factorise(matrix, d)
    assert_close((vectors**2).sum(0), values[:d])  # each direction has its strength
    # the projection on the directions that were kept; what it loses
    kept = vectors @ torch.linalg.pinv(vectors) @ matrix
    assert_close((matrix - kept).square().sum(), values[d:].square().sum())
    g = torch.Generator().manual_seed(seed + 1)
    other = draw(g, 6, d)
    assert (matrix - other @ torch.linalg.pinv(other) @ matrix).square().sum() >= values[d:].square().sum() - 1e-9
    top = vectors.gather(0, vectors.abs().argmax(0, keepdim=True))
    assert (top > 0).all()


def test_factorise_nests_and_forgets_the_sign(rng):
    matrix = draw(rng, 6, 6)
    assert_close(factorise(matrix, 6)[:, :3], factorise(matrix, 3))
    assert_close(factorise(matrix, 3).abs(), factorise(-matrix, 3).abs())


@pytest.mark.equation("skip_gram_softmax")
def test_skip_gram_loss_is_the_mean_over_the_pairs_of_a_text(rng):
    found = pairs(torch.randint(6, (80,), generator=rng), 2)
    word, other = draw(rng, 6, 4).tolist(), draw(rng, 6, 4).tolist()
    product = lambda a, b: sum(x * y for x, y in zip(a, b, strict=True))  # noqa: E731
    total = 0.0
    for i, j in found.tolist():  # pair by pair, in plain numbers
        powers = [math.exp(product(word[i], other[v])) for v in range(6)]
        total -= math.log(powers[j] / sum(powers))
    scores = torch.tensor([[product(w, u) for u in other] for w in word], dtype=torch.float64)
    assert skip_gram_softmax_loss(scores, co_occurrences(found, 6)).item() == pytest.approx(total / len(found))


@pytest.mark.equation("skip_gram_softmax_gradient")
def test_skip_gram_gradient_equals_finite_differences(rng):
    word, other = draw(rng, 5, 3), draw(rng, 5, 3)
    counts = co_occurrences(torch.randint(5, (40, 2), generator=rng), 5)
    by_hand, h = skip_gram_softmax_gradient(word, other, counts), 1e-6
    for which, mine in enumerate(by_hand):
        for place in itertools.product(range(5), range(3)):
            ends = []
            for sign in (h, -h):
                both = [word.clone(), other.clone()]
                both[which][place] += sign
                ends.append(skip_gram_softmax_loss(both[0] @ both[1].T, counts).item())
            assert mine[place].item() == pytest.approx((ends[0] - ends[1]) / (2 * h), abs=1e-8)


@pytest.mark.equation("skip_gram_softmax_gradient")
def test_skip_gram_gradient_of_one_pair_is_the_one_of_the_page():
    word = torch.tensor([[1.0, 1], [0, 0], [0, 0]]).double()
    other = torch.tensor([[2.0, 0], [0, 0], [0, 1]]).double()
    counts = torch.tensor([[0.0, 0, 1], [0, 0, 0], [0, 0, 0]]).double()
    p = [math.exp(s) / (math.exp(2) + 1 + math.e) for s in (2, 0, 1)]
    mean = [2 * p[0], p[2]]
    slope, others = skip_gram_softmax_gradient(word, other, counts)
    assert slope[0].tolist() == pytest.approx([mean[0] - 0, mean[1] - 1])
    assert others.tolist() == [pytest.approx([p[0]] * 2), pytest.approx([p[1]] * 2), pytest.approx([p[2] - 1] * 2)]


def test_without_limits_the_softmax_finds_the_shares_of_the_neighbours(rng):
    counts = torch.tensor([[4.0, 1, 3], [1, 6, 2], [3, 2, 5]], dtype=torch.float64)
    best = (counts / counts.sum(1, keepdim=True)).log()
    least = skip_gram_softmax_loss(best, counts)
    for _ in range(50):
        assert skip_gram_softmax_loss(best + 0.1 * draw(rng, 3, 3), counts) > least


@pytest.mark.parametrize(
    ("scores", "counts", "message"),
    [
        (torch.zeros(3, 3), torch.ones(3, 4), r"tables of the same size, got \(3, 3\) and \(3, 4\)"),
        (torch.zeros(3), torch.ones(3), r"got \(3,\) and \(3,\)"),
        (torch.zeros(3, 3), torch.zeros(3, 3), "there are no pairs: all counts are 0"),
        (torch.zeros(3, 3).long(), torch.ones(3, 3), "scores must hold floating-point numbers, got torch.int64"),
        (torch.zeros(3, 3), torch.ones(3, 3).double(), "counts is torch.float64, scores is torch.float32"),
    ],
)
def test_tables_that_do_not_fit_are_refused(scores, counts, message):
    with pytest.raises(ValueError, match=message):
        PLAIN_SOFTMAX.skip_gram_softmax_loss(scores, counts)


@pytest.mark.equation("negative_sampling")
def test_mean_over_pairs_and_draws_is_the_sampled_loss(rng):
    found = pairs(torch.randint(6, (200,), generator=rng), 2)
    counts, k = co_occurrences(found, 6), 3
    word, other = draw(rng, 6, 4), draw(rng, 6, 4)
    exact = negative_sampling_loss(word @ other.T, counts, k)
    sigma, scores = lambda s: 1 / (1 + math.exp(-s)), (word @ other.T).tolist()
    total, expected = counts.sum().item(), 0.0
    for i, j in itertools.product(range(6), repeat=2):
        c, by_chance = counts[i, j].item(), counts[i].sum().item() * counts[:, j].sum().item() / total
        s = scores[i][j]
        expected -= (c * math.log(sigma(s)) + k * by_chance * math.log(sigma(-s))) / total
    assert exact.item() == pytest.approx(expected)
    every = itertools.product(range(len(found)), range(6))  # each pair, with each word as noise
    share = counts.sum(0) / total
    losses = sum(
        share[n] * skip_gram_loss(word[None, i], other[None, j], other[None, None, n].expand(1, k, 4))
        for (i, j), n in ((found[p].tolist(), n) for p, n in every)
    )
    assert_close(losses / len(found), exact)


@pytest.mark.equation("sgns_optimum")
@given(st.floats(0.5, 50), st.floats(0.1, 20), st.integers(1, 15))
def test_the_best_score_is_shifted_pmi(count, chance, k):
    def loss(score):
        log_sigmoid = lambda s: -math.log1p(math.exp(-s))  # noqa: E731
        return -count * log_sigmoid(score) - k * chance * log_sigmoid(-score)

    best = math.log(count / chance) - math.log(k)
    assert loss(best) < min(loss(best - 0.01), loss(best + 0.01))
    assert (loss(best + 1e-5) - loss(best - 1e-5)) / 2e-5 == pytest.approx(0, abs=1e-4 * (count + k * chance))


def test_a_whole_table_trained_without_limits_is_shifted_pmi(rng):
    counts = torch.tensor([[4.0, 1, 3], [1, 6, 2], [3, 2, 5]], dtype=torch.float64)
    scores = torch.zeros(3, 3, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([scores], max_iter=200, tolerance_grad=1e-12, tolerance_change=1e-14)

    def closure():
        optimiser.zero_grad()
        loss = negative_sampling_loss(scores, counts, 2)
        loss.backward()
        return loss

    optimiser.step(closure)
    chance = counts.sum(1, keepdim=True) * counts.sum(0) / counts.sum()
    assert_close(scores.detach(), (counts / chance).log() - math.log(2), rtol=0, atol=1e-4)


# What the page says of torch


def test_drawing_anew_overwrites_the_row_of_the_filler_for_good(rng):
    layer = torch.nn.Embedding(9, 3, padding_idx=0)
    torch.nn.init.normal_(layer.weight, generator=rng)
    drawn = layer.weight.detach().clone()
    layer(torch.tensor([5, 0])).sum().backward()
    torch.optim.SGD(layer.parameters(), lr=1).step()
    assert (drawn[0] != 0).all()
    assert (layer.weight[0] == drawn[0]).all()
    assert (layer.weight[5] != drawn[5]).all()
    assert torch.nn.Embedding.from_pretrained(torch.ones(4, 2), padding_idx=0).weight[0].tolist() == [1, 1]


@pytest.mark.parametrize(("width", "ids", "moves"), [(1, [3], False), (2, [3], True), (1, [3, 1], True)])
def test_a_sparse_column_is_not_trained_by_a_plain_sum_over_one_id(width, ids, moves):
    layer = torch.nn.Embedding(5, width, sparse=True)
    before = layer.weight.detach().clone()
    layer(torch.tensor(ids)).sum().backward()
    torch.optim.SGD(layer.parameters(), lr=1).step()
    assert bool((layer.weight[3] != before[3]).all()) == moves


# The Transformer


@pytest.mark.equation("tied_gradient")
@given(st.integers(1, 6), st.integers(0, 99))
def test_a_tied_weight_gets_the_sum_of_both_gradients(n, seed):
    g = torch.Generator().manual_seed(seed)
    weight, m = draw(g, 7, 3), draw(g, 3, 3)
    ids, target = torch.randint(7, (2, n), generator=g)

    def loss(at_input, at_output):
        logits = torch.tanh(at_input[ids] @ m) @ at_output.T
        return functional.cross_entropy(logits, target, reduction="sum"), logits

    x = weight[ids].requires_grad_()
    h = torch.tanh(x @ m)
    logits = h @ weight.T
    back = torch.autograd.grad(functional.cross_entropy(logits, target, reduction="sum"), x, retain_graph=True)[0]
    delta = torch.autograd.grad(functional.cross_entropy(logits, target, reduction="sum"), logits)[0]
    by_formula = functional.one_hot(ids, 7).double().T @ back + delta.T @ h.detach()
    tied = weight.clone().requires_grad_()
    assert_close(torch.autograd.grad(loss(tied, tied)[0], tied)[0], by_formula)


@pytest.mark.equation("tied_symmetric")
@given(st.integers(1, 6), st.integers(1, 4), st.integers(0, 99))
def test_tied_scores_do_not_know_the_order(size, d, seed):
    weight = draw(torch.Generator().manual_seed(seed), size, d)
    ids = torch.arange(size)
    scores = functional.linear(lookup(weight, ids), weight)
    for i, j in itertools.product(range(size), repeat=2):
        assert scores[i, j].item() == pytest.approx(scores[j, i].item())
        by_hand = sum(a * b for a, b in zip(weight[i].tolist(), weight[j].tolist(), strict=True))
        assert scores[i, j].item() == pytest.approx(by_hand)


# What the page says of the text, whatever the release of Python


@pytest.mark.parametrize("leave_out", [None, 0, 3])
def test_counting_finds_plurals_that_chance_does_not(leave_out):
    text = corpus("en")
    if leave_out is not None:
        text = "\n".join(topics[name] for i, name in enumerate(sorted(topics)) if i % 5 != leave_out)
    words = [token for token in tokenize(running_text(text).lower()) if token.isalpha()]
    vocabulary, first = Vocabulary(words, min_count=20), len(SPECIALS)
    counts = co_occurrences(pairs(torch.tensor(vocabulary.encode(words)), 2, first=first), len(vocabulary))
    number = vocabulary.ids
    plurals = [(number[w], number[f"{w}s"]) for w in number if f"{w}s" in number and len(w) > 2]

    def found(weight):
        return sum(many in nearest(weight, one, 10, first=first) for one, many in plurals) / len(plurals)

    assert len(plurals) > 30
    assert found(counts) < 0.2 < 0.3 < found(factorise(ppmi(counts), 50))
    assert found(ppmi(counts)) > 0.4


# Mistakes

WEIGHT = torch.zeros(3, 2)


@pytest.mark.parametrize(
    ("weight", "ids", "message"),
    [
        (WEIGHT, torch.tensor([1.0]), "ids must be integers, got torch.float32"),
        (WEIGHT, torch.tensor([True]), "ids must be integers, got torch.bool"),
        (WEIGHT, torch.tensor([0, 3]), "ids go from 0 to 2, got 3"),
        (WEIGHT, torch.tensor([-1]), "ids go from 0 to 2, got -1"),
        (WEIGHT, torch.zeros(1, dtype=torch.int64, device="meta"), "ids is on meta, weight is on cpu"),
        (WEIGHT.long(), torch.tensor([0]), "weight must hold floating-point numbers, got torch.int64"),
        (WEIGHT[0], torch.tensor([0]), r"weight must have 2 axes \(rows, columns\), got 1: shape \(2,\)"),
    ],
)
def test_ids_and_weights_that_do_not_fit_are_refused(weight, ids, message):
    for how in (PLAIN.lookup, PLAIN.embed_one_hot):
        with pytest.raises(ValueError, match=message):
            how(weight, ids)


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"rows": 0, "d": 2}, "rows must be an integer of at least 1, got 0"),
        ({"rows": 3, "d": 2.0}, r"d must be an integer of at least 1, got 2\.0"),
        ({"rows": 3, "d": 2, "padding_idx": 3}, "padding_idx must be an integer from 0 to 2, got 3"),
        ({"rows": 3, "d": 2, "padding_idx": -1}, "padding_idx must be an integer from 0 to 2, got -1"),
    ],
)
def test_layers_without_sense_are_refused(numbers, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.Embedding(**numbers)


def test_other_mistakes_are_named():
    ids = torch.tensor([0, 1])
    with pytest.raises(ValueError, match=r"grad_y must have a row for each of the ids, \(2,\), got \(3, 4\)"):
        PLAIN.lookup_gradient(torch.zeros(3, 4), ids, 3)
    with pytest.raises(ValueError, match="ids go from 0 to 0, got 1"):
        PLAIN.lookup_gradient(torch.zeros(2, 4), ids, 1)
    with pytest.raises(ValueError, match=r"rows of the same length, got \(2, 3\) and \(2, 4\)"):
        PLAIN.cosine_similarity(torch.zeros(2, 3), torch.zeros(2, 4))
    with pytest.raises(ValueError, match=r"y is torch\.float64, x is torch\.float32"):
        PLAIN.cosine_similarity(torch.zeros(2, 3), torch.zeros(2, 3).double())
    with pytest.raises(ValueError, match="window must be an integer of at least 1, got 0"):
        PLAIN_VECTORS.pairs(ids, 0)
    with pytest.raises(ValueError, match="d must be an integer from 1 to 3, got 4"):
        PLAIN_VECTORS.factorise(torch.zeros(3, 3), 4)
    with pytest.raises(ValueError, match="k must be an integer of at least 1, got 0"):
        PLAIN_VECTORS.negative_sampling_loss(torch.zeros(3, 3), torch.ones(3, 3), 0)
